"""The forms of events: planning one, changing it, calling it off, repeating it; and what to look at before saving."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.audience import Audience
from domain.events import LINK_MAX, PLACE_MAX, REASON_MAX, TEXT_MAX, TITLE_MAX, Event, EventFormat, EventKind, EventPlan
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Field, Modal
from handlers.ids.choices import NO, YES
from handlers.views.asking import asked_first
from handlers.views.audience import audience_fields
from handlers.views.audience_words import audience_said
from handlers.views.blocks import context, escape_title, field, modal, plain, section, text_input, with_given
from handlers.views.menus import Choice, radio, select
from handlers.views.moments import moment_fields, time_field
from handlers.views.when import when_token
from services.audiences.options import AudienceOptions
from services.events.warnings import Warned, Warns

WARNED_SHOWN = 8
SEATS_DIGITS, TALK_DIGITS = 6, 2


def plan_form(
    options: AudienceOptions | None,
    *,
    zone: str,
    host: str,
    plan: EventPlan | None = None,
    accounts: Sequence[str] = (),
    state: str = "",
    keeps_time: bool = True,
) -> View:
    """A new event, or one to be changed: then `state` says which. `host` and `accounts` are Slack accounts.

    Without `options` it says whom the event is for and does not ask: nothing in it tells what else the roster holds.
    Another like one that is planned has no time yet.
    """
    audience = plan.audience if plan else Audience()
    starts = plan.starts if plan and keeps_time else None
    blocks = [
        *_what(plan),
        *_when(plan, zone, starts),
        *_where(plan),
        field(Field.HOST, texts.events.WHO_HOSTS, _account(host), hint=texts.events.WHO_HOSTS_HINT),
        *(audience_fields(options, audience, accounts=accounts) if options else _whom(audience)),
        *_seats(plan),
        *_closing(plan, zone, keeps_time=keeps_time),
        *_talks(plan),
    ]
    title = texts.events.EDIT_TITLE if state else texts.events.PLAN_TITLE
    return modal(
        Modal.PLAN_EVENT, title=title, blocks=blocks, submit=texts.events.SAVE, close=texts.forms.BACK, state=state
    )


def call_off_form(event: Event) -> View:
    """Why, which those read who come."""
    reason = text_input(Field.VALUE, multiline=True, at_most=REASON_MAX)
    blocks = [
        section(texts.events.OFF_INTRO.format(title=escape_title(event.plan.title))),
        field(Field.REASON, texts.events.REASON, reason, optional=True),
    ]
    return modal(
        Modal.CALL_OFF_EVENT,
        title=texts.events.CALL_OFF,
        blocks=blocks,
        submit=texts.events.CALL_OFF,
        close=texts.forms.BACK,
        state=event.id,
    )


def repeat_form(event: Event) -> View:
    """For how many weeks."""
    weeks = text_input(Field.VALUE, initial="1", at_most=TALK_DIGITS)
    blocks = [
        section(f"*{escape_title(event.plan.title)}*"),
        field(Field.WEEKS, texts.events.WEEKS, weeks, hint=texts.events.WEEKS_HINT),
    ]
    return modal(
        Modal.REPEAT_EVENT,
        title=texts.events.REPEAT,
        blocks=blocks,
        submit=texts.events.SAVE,
        close=texts.forms.BACK,
        state=event.id,
    )


def asking_first(view: Mapping[str, Any], warned: Sequence[Warned], *, zone: str) -> View:
    """A form as Slack sent it back, with what to look at and the box that says so where one chooses the time.

    Title and button say it too: whoever presses may look at quite another part of a long form. Asked once more about
    something else, the title is another one. What is filled in stays.
    """
    words = texts.events
    said = "\n".join(f"• {_warning(each, zone)}" for each in warned[:WARNED_SHOWN])
    asked = asked_first(
        view,
        [section(f"{words.WARNED}\n{said}")],
        key=warned_key(warned),
        label=words.ALL_THE_SAME,
        yes=words.YES_SAVE,
        hint=words.ALL_THE_SAME_HINT,
        behind=_time_of(view),
    )
    was = str((view.get("title") or {}).get("text", ""))
    title = words.ASKED_AGAIN_TITLE if was == words.ASKED_TITLE else words.ASKED_TITLE
    return asked | {"title": plain(title), "submit": plain(words.SAVE_ALL_THE_SAME)}


def _time_of(view: Mapping[str, Any]) -> str:
    """The field that says when: of how many more weeks there is no other."""
    return Field.WEEKS if view.get("callback_id") == Modal.REPEAT_EVENT else Field.END


def warned_key(warned: Sequence[Warned]) -> str:
    """What tells one set of warnings from another: who changes the day is asked again."""
    return hashlib.sha256(repr(tuple(warned)).encode()).hexdigest()[:16]


def _warning(warned: Warned, zone: str) -> str:
    people = texts.events.ONE_PERSON if warned.people == 1 else texts.events.PEOPLE.format(number=warned.people)
    words = texts.events.WARNINGS[warned.of]
    if warned.of is Warns.CLASH and not warned.people:
        words = texts.events.CLASH_SEEN
    return words.format(
        people=str(warned.people) if warned.of is Warns.CLASH else people,
        number=warned.number,
        name=escape_title(warned.name),
        when=when_token(warned.starts, zone),
    )


def _what(plan: EventPlan | None) -> list[Block]:
    words = texts.events
    kinds = [Choice(text=words.KINDS[kind], value=kind.value) for kind in EventKind]
    formats = [Choice(text=words.FORMATS[each], value=each.value) for each in EventFormat]
    kind = plan.kind if plan else EventKind.SEMINAR
    how = plan.format if plan else EventFormat.IN_PERSON
    about = text_input(Field.VALUE, initial=plan.text if plan else "", multiline=True, at_most=TEXT_MAX)
    return [
        field(Field.TITLE, words.NAME, text_input(Field.VALUE, initial=plan.title if plan else "", at_most=TITLE_MAX)),
        field(Field.KIND, words.KIND, select(Field.VALUE, kinds, placeholder=texts.forms.CHOOSE, initial=kind.value)),
        field(Field.FORMAT, words.FORMAT, radio(Field.VALUE, formats, initial=how.value)),
        field(Field.TEXT, words.ABOUT, about, optional=True),
    ]


def _when(plan: EventPlan | None, zone: str, starts: datetime | None) -> list[Block]:
    words = texts.events
    ends = plan.ends if plan and starts else None
    return [
        *moment_fields(Field.START, zone=zone, day_label=words.DAY, time_label=words.STARTS, initial=starts),
        *time_field(Field.END, zone=zone, label=words.ENDS, initial=ends, hint=words.ENDS_HINT),
    ]


def _where(plan: EventPlan | None) -> list[Block]:
    words = texts.events
    place = text_input(Field.VALUE, initial=plan.place if plan else "", at_most=PLACE_MAX)
    site = text_input(Field.VALUE, initial=plan.site if plan else "", at_most=PLACE_MAX)
    link = text_input(Field.VALUE, initial=plan.link if plan else "", at_most=LINK_MAX)
    return [
        field(Field.PLACE, words.PLACE, place, optional=True, hint=words.PLACE_HINT),
        field(Field.SITE, words.SITE, site, optional=True),
        field(Field.LINK, words.URL, link, optional=True, hint=words.URL_HINT),
    ]


def _whom(audience: Audience) -> list[Block]:
    return [section(texts.events.WHOM), *audience_said(audience), context(texts.events.WHOM_OF_STAFF)]


def _seats(plan: EventPlan | None) -> list[Block]:
    words = texts.events
    choices = [Choice(text=words.WAITLIST_YES, value=YES), Choice(text=words.WAITLIST_NO, value=NO)]
    waits = YES if plan is None or plan.has_waitlist else NO
    seats = {
        Field.ROOM_SEATS: (words.ROOM_SEATS, plan.room_seats if plan else None),
        Field.REMOTE_SEATS: (words.REMOTE_SEATS, plan.remote_seats if plan else None),
    }
    return [
        *(_number(name, label, number, words.SEATS_HINT) for name, (label, number) in seats.items()),
        field(Field.WAITLIST, words.WAITLIST, radio(Field.VALUE, choices, initial=waits)),
    ]


def _closing(plan: EventPlan | None, zone: str, *, keeps_time: bool) -> list[Block]:
    words = texts.events
    return moment_fields(
        Field.CLOSES,
        zone=zone,
        day_label=words.CLOSES_DAY,
        time_label=words.CLOSES_TIME,
        initial=plan.closes if plan and keeps_time else None,
        hint=words.CLOSES_HINT,
        optional=True,
    )


def _talks(plan: EventPlan | None) -> list[Block]:
    words = texts.events
    slots, minutes = (plan.talk_slots or None, plan.talk_minutes or None) if plan else (None, None)
    return [
        _number(Field.TALK_SLOTS, words.SLOTS, slots, words.SLOTS_HINT),
        _number(Field.TALK_MINUTES, words.MINUTES, minutes, words.MINUTES_HINT),
    ]


def _number(name: Field, label: str, number: int | None, hint: str) -> Block:
    initial = "" if number is None else str(number)
    return field(name, label, text_input(Field.VALUE, initial=initial, at_most=SEATS_DIGITS), optional=True, hint=hint)


def _account(slack_user_id: str) -> Block:
    menu: Block = {"type": "users_select", "action_id": Field.VALUE, "placeholder": plain(texts.forms.CHOOSE)}
    return with_given(menu, initial_user=slack_user_id or None)
