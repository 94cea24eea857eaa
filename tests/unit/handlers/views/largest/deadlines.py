"""Deadlines at their largest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain.audience import Audience
from domain.deadlines import (
    LINK_MAX,
    SENTENCE_MAX,
    TITLE_MAX,
    WORDS_MAX,
    DeadlineState,
    DeadlineText,
    Due,
    DueKind,
    RequestState,
    parse_ladder,
)
from domain.deadlines.values import REASON_MAX
from domain.ports import Message, View
from handlers.views import deadline_form as forms
from handlers.views.deadlines import details_modal, left_behind_modal, overview_modal, preview_modal
from handlers.views.due import ask_form, due_modal, due_one_modal, proof_form
from handlers.views.due_messages import (
    answer_message,
    asked_message,
    closed_message,
    done_message,
    met_message,
    reminder_message,
)
from handlers.views.extensions import reason_modal, request_modal, requests_modal
from services.apart import Unread
from services.audit import Done, Trail
from services.deadlines.asking import Request
from services.deadlines.facts import Deadline, OwnDeadline
from services.deadlines.look import (
    LISTED,
    MET_SHOWN,
    TRAIL_SHOWN,
    Behind,
    Counted,
    Details,
    Met,
    Overview,
    OwnDetails,
    OwnList,
    OwnRequest,
)
from services.deadlines.moving import Notice
from services.deadlines.news import AnswerNews, ClosedNews, MetNews, ReminderNews
from services.deadlines.reasons import Reason, ReasonState
from services.deadlines.regrouping import Foreseen
from services.deadlines.write import AtSite, Preview
from tests.unit.handlers.views.largest.announcements import OPTIONS, READERS
from tests.unit.handlers.views.largest.filling import DAY, LONGEST_ZONE, MIDNIGHT, OWN_REF, long

CROWD = 10_000
LINK = f"https://{'&' * (LINK_MAX - 8)}"
TEXT = DeadlineText(title=long(TITLE_MAX), words=long(WORDS_MAX), link=LINK)
DUE = Due(kind=DueKind.INSTANT, day=date(2027, 1, 12), minute=60, zone_name=LONGEST_ZONE, is_second=True)
ONE = Deadline(
    id=OWN_REF,
    program_id="program-1",
    author_id="sam",
    state=DeadlineState.OPEN,
    version=10**8,
    text=TEXT,
    due=DUE,
    due_at=MIDNIGHT,
    ladder=parse_ladder("60d, 30d, 14d, 7d, 48h, 24h, 3h, overdue +1h, overdue +1d, overdue +14d"),
    audience=Audience(everyone=True),
    takes_newcomers=True,
    needs_proof=False,
    is_told=True,
    created_at=MIDNIGHT,
    people=CROWD,
)
OWN = OwnDeadline(
    id=OWN_REF,
    text=TEXT,
    due=Due.anywhere(date(2027, 1, 12)),
    due_at=MIDNIGHT,
    is_extended=True,
    needs_proof=False,
    done_at=None,
    proof=LINK,
    reminder_at=MIDNIGHT + timedelta(hours=1),
    snoozed_until=MIDNIGHT,
)
REQUEST = Request(
    id=OWN_REF,
    deadline=ONE,
    person_id="ada",
    name=long(100),
    asked_at=MIDNIGHT,
    until=MIDNIGHT,
    due_at=MIDNIGHT,
    has_reason=True,
    state=RequestState.WAITING,
    by=long(100),
    decided_at=MIDNIGHT,
    granted_at=MIDNIGHT,
    answer=long(SENTENCE_MAX),
)
DETAILS = Details(
    deadline=ONE,
    people=2 * CROWD,
    number_met=CROWD,
    behind=tuple(
        Behind(
            person_id="ada",
            name=long(100),
            is_here=False,
            due_at=MIDNIGHT,
            is_extended=True,
            rung="last 3h",
            told_at=MIDNIGHT,
        )
        for _ in range(CROWD)
    ),
    met=tuple(Met(person_id="ada", name=long(100), at=MIDNIGHT, proof=LINK, by=long(100)) for _ in range(CROWD)),
    nudged_at=MIDNIGHT,
    trail=Trail(
        done=(Done(at=MIDNIGHT, by=long(100), deed="extended", about=long(100), detail=long(60)),) * TRAIL_SHOWN,
        number=CROWD,
    ),
)
OWN_REQUEST = OwnRequest(
    id=OWN_REF,
    state=RequestState.WAITING,
    until=MIDNIGHT,
    has_reason=True,
    granted_at=MIDNIGHT,
    answer=long(SENTENCE_MAX),
)
PREVIEW = Preview(
    deadline=replace(ONE, due=Due(kind=DueKind.PER_SITE, day=date(2027, 1, 12), minute=60)),
    readers=READERS,
    unreachable=READERS,
    by_site=(AtSite(site=long(100), times=((LONGEST_ZONE, MIDNIGHT),) * 400),) * 20,
    lead_days=0,
    rule_days=7,
)
NEWS = ReminderNews(deadline=OWN, zone=LONGEST_ZONE, what="moved", is_last=False, can_snooze=True, has_overtaken=True)

VIEWS: Mapping[str, View] = {
    "deadline_form": forms.deadline_form(
        ONE, OPTIONS, zone=LONGEST_ZONE, accounts=[f"U{number}" for number in range(100)]
    ),
    "change_form": forms.change_form(ONE, OPTIONS, zone=LONGEST_ZONE, accounts=[f"U{number}" for number in range(100)]),
    "look_first": forms.look_first(
        forms.change_form(ONE, OPTIONS, zone=LONGEST_ZONE, accounts=[f"U{number}" for number in range(100)]),
        Foreseen(
            joining=(long(100),) * CROWD,
            leaving=(long(100),) * CROWD,
            key="k" * 16,
            notice=Notice(first=MIDNIGHT, lead_days=0, rule_days=90),
            told=CROWD,
        ),
        zone=LONGEST_ZONE,
    ),
    "extend_form": forms.extend_form(ONE, zone=LONGEST_ZONE),
    "mark_form": forms.mark_form(ONE),
    "grant_form": forms.grant_form(OWN_REF, MIDNIGHT, zone=LONGEST_ZONE),
    "refuse_form": forms.refuse_form(OWN_REF),
    "overview_modal": overview_modal(
        Overview(
            open=(Counted(deadline=ONE, met=CROWD, people=2 * CROWD),) * LISTED,
            drafts=(ONE,) * LISTED,
            closed=(Counted(deadline=ONE, met=CROWD, people=2 * CROWD),) * LISTED,
            waiting=CROWD,
            has_more=True,
            page=1,
            unread=(Unread(id=OWN_REF, title=long(TITLE_MAX)),) * LISTED,
        ),
        zone=LONGEST_ZONE,
        said="x" * 200,
    ),
    "preview_modal": preview_modal(PREVIEW, zone=LONGEST_ZONE),
    "details_modal": details_modal(DETAILS, zone=LONGEST_ZONE, said="x" * 200),
    "left_behind_modal": left_behind_modal(
        Counted(deadline=ONE, met=CROWD, people=2 * CROWD), zone=LONGEST_ZONE, said="x" * 200
    ),
    "requests_modal": requests_modal(
        ((OWN_REF, long(100), long(TITLE_MAX), MIDNIGHT),) * (LISTED + 1), zone=LONGEST_ZONE
    ),
    "request_modal": request_modal(REQUEST, zone=LONGEST_ZONE, said="x" * 200),
    "reason_modal": reason_modal(Reason(state=ReasonState.READABLE, words=long(REASON_MAX))),
    "due_modal": due_modal(
        OwnList(due=(OWN,) * LISTED, met=(OWN,) * MET_SHOWN, has_more=True, page=1),
        zone=LONGEST_ZONE,
        now=MIDNIGHT,
        said="x" * 200,
    ),
    "due_one_modal": due_one_modal(
        OwnDetails(deadline=OWN, rest_until=MIDNIGHT + DAY, request=OWN_REQUEST),
        zone=LONGEST_ZONE,
        now=MIDNIGHT,
        said="x" * 200,
    ),
    "proof_form": proof_form(OWN),
    "ask_form": ask_form(OWN, zone=LONGEST_ZONE, now=MIDNIGHT, can_give_reasons=True),
}
MESSAGES: Mapping[str, Message] = {
    "reminder_message": reminder_message(NEWS, now=MIDNIGHT),
    "answer_message": answer_message(
        AnswerNews(deadline=OWN, zone=LONGEST_ZONE, state=RequestState.OVER), now=MIDNIGHT
    ),
    "answer_message of one that was closed": answer_message(
        AnswerNews(deadline=OWN, zone=LONGEST_ZONE, state=RequestState.OVER, was_closed=True), now=MIDNIGHT
    ),
    "closed_message": closed_message(ClosedNews(title=long(TITLE_MAX))),
    "met_message": met_message(MetNews(title=long(TITLE_MAX), at=MIDNIGHT, zone=LONGEST_ZONE)),
    "done_message": done_message(OWN, MIDNIGHT, LONGEST_ZONE),
    "asked_message": asked_message(OWN_REF),
}
