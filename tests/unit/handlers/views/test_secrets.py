"""Messages and the Home tab stay in Slack's history, and Slack keeps what buttons and modals carry: nobody is named."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.groups import GroupWords, Standing
from domain.kinds import DEFAULT_KINDS
from domain.people import Role
from domain.places import Place
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import button
from handlers.views.booking import booking_form, move_form
from handlers.views.group_edit import group_edit_again, group_edit_form
from handlers.views.groups import group_cancel_form, group_modal, group_move_form, groups_modal
from handlers.views.handover import (
    answered_modal,
    hand_over_form,
    handover_form,
    handover_message,
    handovers_modal,
    takeover_modal,
)
from handlers.views.holds import (
    answered_notice,
    asked_message,
    asked_modal,
    decline_form,
    elsewhere_message,
    hold_modal,
    kept_rows,
    offered_message,
    over_message,
    request_modal,
    waiting_message,
)
from handlers.views.home import home_view
from handlers.views.mentor_home import mentor_blocks
from handlers.views.messages import session_message
from handlers.views.proposals import propose_form, times_message, times_modal
from handlers.views.rating import rating_form
from handlers.views.session_log import ended_message, log_form, logs_modal
from handlers.views.sessions import cancel_form, details_modal, done_modal, sessions_modal
from handlers.views.waiting import in_vain_message, waiting_form, waiting_rows
from services.groups.commands import EditGroup
from services.handover.deliveries import HandoverMessage
from services.handover.facts import Answered
from services.session_log.facts import Aftermath, GivenRating, LogSheet, ToLog
from services.sessions.facts import SessionDetails
from tests.builders.handover_views import a_handover_sheet, a_takeover, some_choices, some_handovers
from tests.builders.holds import a_kept_time, a_wait, a_waiting_time, some_hold_news
from tests.builders.session_logs import a_log_sheet, a_logged, a_rating_sheet
from tests.builders.sessions import (
    COMMUNITY_KIND,
    TUESDAY,
    a_card,
    a_group_line,
    a_line,
    a_named,
    a_week,
    an_offer,
    some_details,
    some_group_details,
    some_news,
    some_times,
)
from tests.unit.handlers.views.largest import MESSAGES, VIEWS
from tests.unit.handlers.views.largest.filling import texts_of

NAME, PLACE, WORDS, REASON, ABOUT = "Nameth", "Placeth", "Wordsth", "Reasonth", "Aboutth"
SECRETS = (NAME, PLACE, WORDS, REASON, ABOUT)
KIND_WORDS = ("coach", "communit", "minutes", *(label.lower() for label in texts.kinds.LABELS.values()))
CARRIED = {"value", "private_metadata", "action_id", "block_id", "callback_id"}
OPAQUE_MAX = 90
THE_WORDS = GroupWords(title=WORDS, about=ABOUT, place=Place(kind="room", detail=PLACE), reason=REASON)

THE_EDIT = EditGroup(
    request_key="key", ref="g1", version=1, title=WORDS, about=ABOUT, minutes=45, place=THE_WORDS.place, cohost="U1"
)


def the_details() -> SessionDetails:
    return some_details(
        kind=COMMUNITY_KIND,
        other_name=NAME,
        place=Place(kind="room", detail=PLACE),
        words=WORDS,
        reason=REASON,
    )


def the_sheet() -> LogSheet:
    return a_log_sheet(a_logged(next_step=WORDS), kind=COMMUNITY_KIND, other_name=NAME)


def carried(value: Any) -> Iterator[str]:
    """Everything that Slack keeps beside what is shown: values of buttons and options, ids, private metadata."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            if key in CARRIED and isinstance(inside, str):
                yield inside
            yield from carried(inside)
    elif isinstance(value, (list, tuple)):
        for inside in value:
            yield from carried(inside)


@pytest.mark.parametrize(
    "kept",
    [
        times_message(some_times(staff_name=NAME, kind=COMMUNITY_KIND)),
        *(handover_message(kind, "h1") for kind in HandoverMessage),
        ended_message(some_news(), Action.OPEN_LOG),
        ended_message(some_news(is_for_scholar=False), Action.OPEN_RATING),
        *(
            session_message(headline, replace(some_news(), series=(TUESDAY, TUESDAY + timedelta(days=7))))
            for headline in (texts.messages.SERIES_BOOKED, texts.messages.SERIES_CANCELED)
        ),
        offered_message(some_hold_news()),
        elsewhere_message(texts.messages.SESSION_CANCELED, some_hold_news(), book="s0.1"),
        asked_message(some_hold_news()),
        waiting_message(some_hold_news()),
        *(
            over_message(headline, some_hold_news(), rebook=True, has_details=True)
            for headline in (
                texts.holds.RUN_OUT,
                texts.holds.DECLINED,
                texts.holds.LAPSED,
                texts.holds.TAKEN_BACK,
            )
        ),
        *(
            answered_notice(sentence)
            for sentence in (
                texts.holds.TAKEN,
                texts.holds.TAKEN_ASKED,
                texts.holds.REFUSED,
                texts.holds.APPROVED,
                texts.holds.WITHDRAWN,
            )
        ),
        in_vain_message(),
        *(
            session_message(headline, some_news(), rebook=rebook)
            for headline in (
                texts.messages.SESSION_BOOKED,
                texts.messages.SESSION_MOVED,
                texts.messages.SESSION_CANCELED,
                texts.messages.SESSION_SOON,
                *texts.messages.SESSION_IN.values(),
            )
            for rebook in (True, False)
        ),
    ],
    ids=lambda message: message.text[:30],
)
def test_message_names_nobody_and_no_kind(kept: Any) -> None:
    # How long it is until a session, of whatever kind, is not how long it takes.
    shown = json.dumps([kept.text, kept.blocks]).replace(texts.messages.SESSION_IN_MINUTES, "").lower()

    assert [secret for secret in (*SECRETS, *KIND_WORDS) if secret.lower() in shown] == []


def test_all_kinds_of_session_read_the_same_in_a_message() -> None:
    assert times_message(some_times(kind=COMMUNITY_KIND)) == times_message(some_times(staff_name="Somebody else"))


EVERY_ROLE = frozenset(Role)


def test_home_names_nobody_and_no_kind() -> None:
    homes = [
        home_view(zone="Europe/London", roles=EVERY_ROLE, ahead=[a_line()], week=a_week([a_line()], [a_line()])),
        home_view(zone="Europe/London", roles=EVERY_ROLE, week=a_week(), following=[a_line()]),
        home_view(zone="Europe/London", roles=EVERY_ROLE, ahead=[], week=a_week(), to_log=2, question=a_line()),
        home_view(
            zone="Europe/London",
            roles=EVERY_ROLE,
            ahead=[],
            kept=[a_waiting_time(), a_waiting_time(is_request=True)],
        ),
        home_view(zone="Europe/London", of_mentor=mentor_blocks([a_line()], [a_waiting_time()], can_book=True)),
    ]
    shown = json.dumps(homes).lower()
    # The action ids of the buttons are the product's own words, the same for everybody.
    assert [secret for secret in (*SECRETS, "communit", "minutes", "scholar support") if secret.lower() in shown] == []


@pytest.mark.parametrize(
    "view",
    [
        booking_form(an_offer(staff=[a_card(name=NAME, about=ABOUT)])),
        move_form(the_details(), an_offer(), state="s1.1"),
        propose_form("U1", kinds=DEFAULT_KINDS, offer=an_offer()),
        times_modal(some_times(staff_name=NAME), Place(kind="room", detail=PLACE)),
        details_modal(the_details()),
        done_modal(the_details(), title=texts.sessions.MOVED_TITLE, sentence=texts.sessions.MOVED),
        cancel_form(the_details(), state="s1.1"),
        log_form(the_sheet(), state="s1.1:Europe/London:", zone="Europe/London"),
        details_modal(the_details(), Aftermath(log=the_sheet().log, is_for_scholar=True, can_rate=True)),
        rating_form(a_rating_sheet(GivenRating(score=3, words=WORDS), other_name=NAME), state="s1.1"),
        logs_modal(ToLog(waiting=(a_named(other_name=NAME),), logged=(a_named(other_name=NAME),))),
        group_modal(some_group_details(standing=Standing.HOST, words=THE_WORDS, seated_names=[NAME], seats=2)),
        group_edit_form(some_group_details(words=THE_WORDS), state="g1.1"),
        group_edit_again(some_group_details(words=THE_WORDS, host_names=[NAME]), THE_EDIT, state="g1.1"),
        group_move_form(some_group_details(words=THE_WORDS), state="g1.1"),
        group_cancel_form(some_group_details(words=THE_WORDS), state="g1.1"),
        groups_modal([a_group_line(words=THE_WORDS, host_names=[NAME])], may_host=True),
        hold_modal(the_details()),
        asked_modal(the_details()),
        request_modal(the_details()),
        decline_form(the_details(), state="s1.1"),
        waiting_form(an_offer(staff=[a_card(name=NAME, about=ABOUT)])),
        sessions_modal(
            [],
            buttons=[button(texts.hours.TITLE, Action.OPEN_HOURS)],
            more=[*kept_rows([a_kept_time(other_name=NAME)]), *waiting_rows([a_wait(staff_name=NAME)])],
        ),
        handovers_modal(some_handovers(name=NAME)),
        hand_over_form(some_choices(name=NAME)),
        handover_form(a_handover_sheet(name=NAME, words=WORDS)),
        answered_modal(Answered(sheet=a_handover_sheet(name=NAME, words=WORDS), moved=1, person_ids=())),
        takeover_modal(a_takeover(name=NAME, step=WORDS)),
        sessions_modal([a_named(other_name=NAME)], buttons=[button(texts.hours.TITLE, Action.OPEN_HOURS)]),
        sessions_modal(
            [], buttons=[button(texts.hours.TITLE, Action.OPEN_HOURS)], offered=[some_times(staff_name=NAME)]
        ),
    ],
    ids=lambda view: view["title"]["text"],
)
def test_modal_carries_no_word_of_anybody_beside_what_it_shows(view: dict[str, Any]) -> None:
    kept = " ".join(carried(view))

    assert [secret for secret in SECRETS if secret.lower() in kept.lower()] == []


@pytest.mark.parametrize("name", [*VIEWS, *MESSAGES])
def test_what_slack_keeps_beside_the_texts_is_short_and_opaque(name: str) -> None:
    made = VIEWS[name] if name in VIEWS else MESSAGES[name].blocks

    assert [kept for kept in carried(made) if len(kept) > OPAQUE_MAX or " " in kept or "<" in kept] == []


def test_the_canary_would_be_seen() -> None:
    shown = " ".join(texts_of(details_modal(the_details())))

    assert all(secret in shown for secret in (NAME, PLACE, WORDS, REASON))
