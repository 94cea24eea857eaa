"""Announcements, audiences and private lists at their largest."""

from collections.abc import Mapping
from dataclasses import replace

from domain.announcements import (
    BODY_MAX,
    ESCAPED_MAX,
    LINK_MAX,
    TITLE_MAX,
    WHY_MAX,
    InChannel,
    Plan,
    Rung,
    State,
    Text,
    Timing,
)
from domain.audience import Audience
from domain.delivery import Tier
from domain.markup import sent_length
from domain.people import Role
from domain.ports import Message, View
from handlers import texts
from handlers.views.announcement_form import announcement_form, correction_form
from handlers.views.announcement_messages import (
    acknowledged_words,
    in_channel_words,
    now_message,
    reader_message,
    staff_message,
)
from handlers.views.announcement_preview import names_modal, preview_modal
from handlers.views.announcements import (
    announcement_modal,
    announcements_modal,
    reach_modal,
    refuse_form,
)
from handlers.views.audience import MENU_MAX
from handlers.views.lists import list_form, lists_modal, members_modal
from handlers.views.told import told_modal, told_one_modal
from services.announcements.compose import Content
from services.announcements.deliveries import AnnouncementMessage, Trouble
from services.announcements.details import NAMED, Details, Missing, MissingReader, Names
from services.announcements.facts import Announcement
from services.announcements.look import LISTED, Line, Overview
from services.announcements.news import ReaderNews, StaffNews
from services.announcements.own import LISTED as OWN_LISTED
from services.announcements.own import OwnAnnouncements, Told
from services.announcements.preview import Preview
from services.announcements.reach import SHARES
from services.apart import Unread
from services.audiences.lists import ABOUT_MAX, PrivateList
from services.audiences.lists import TITLE_MAX as LIST_TITLE_MAX
from services.audiences.options import AudienceOptions, Named
from services.audiences.resolve import Reader
from services.channels import ChannelFacts
from tests.builders.people import a_person
from tests.unit.handlers.views.largest.filling import LONGEST_ZONE, MIDNIGHT, OWN_REF, long

CROWD = 12_000
STREAMS = 2_500


def _body() -> str:
    """As much markup as an announcement may hold, and words up to its end."""
    marked = next(length for length in range(BODY_MAX, 0, -1) if sent_length(long(length)) <= ESCAPED_MAX)
    return long(marked)


TEXT = Text(title=long(TITLE_MAX), body=_body(), link=f"https://{'x' * (LINK_MAX - 8)}")
ONE = Announcement(
    id=OWN_REF,
    program_id="program-1",
    author_id="sam",
    written_by="sam",
    state=State.SENT,
    version=10**8,
    text_version=10**8,
    tier=Tier.CRITICAL,
    text=TEXT,
    plan=Plan(timing=Timing.AT, at=MIDNIGHT, expires_at=MIDNIGHT),
    audience=Audience(everyone=True),
    channel="C1234567890",
    needs_ack=True,
    takes_newcomers=True,
    approver_id="sue",
    approved_by="sue",
    corrects="",
    refusal="",
    asked_at=MIDNIGHT,
    all_asked_at=None,
    changed_at=MIDNIGHT,
    sent_at=MIDNIGHT,
    ended_at=None,
    readers=CROWD,
)
LINE = Line(announcement=ONE, readers=CROWD, acknowledged=CROWD - 1)
READERS = tuple(
    Reader(person_id=f"p{number}", name=long(100), slack_user_id="U1", zone=LONGEST_ZONE, site="London")
    for number in range(CROWD)
)
OPTIONS = AudienceOptions(
    cohorts=tuple(f"{number} {long(140)}" for number in range(100)),
    phases=tuple(f"{number} {long(140)}" for number in range(100)),
    streams=tuple(f"{number:05d} {long(140)}" for number in range(STREAMS)),
    roles=tuple(Role),
    sites=tuple(f"{number} {long(140)}" for number in range(100)),
    announcements=tuple(Named(id=f"a{number}", title=long(TITLE_MAX)) for number in range(20)),
    deadlines=tuple(Named(id=f"d{number}", title=long(TITLE_MAX)) for number in range(20)),
    lists=tuple(Named(id=f"l{number}", title=long(LIST_TITLE_MAX)) for number in range(20)),
    without_account=tuple(Named(id=f"p{number}", title=long(100)) for number in range(120)),
)
CONTENT = Content(
    tier=Tier.CRITICAL,
    text=TEXT,
    plan=ONE.plan,
    audience=Audience(roles=tuple(Role), cohorts=OPTIONS.cohorts[:100], streams=OPTIONS.streams[:15]),
    channel=ONE.channel,
    needs_ack=True,
    takes_newcomers=True,
)
DETAILS = Details(
    line=LINE,
    author=long(100),
    approver=long(100),
    had=CROWD,
    missing=Missing((MissingReader(name=long(100), told_at=MIDNIGHT, rung=Rung.AGAIN),) * NAMED, number=CROWD),
    reached=dict.fromkeys(SHARES, 9999.0),
    is_private=False,
    may_answer=False,
    unreached=Names((long(100),) * NAMED, number=CROWD),
    unserved=Names((long(100),) * NAMED, number=CROWD),
    in_channel=InChannel.UNSURE,
)
LONGEST_WARNING = max((in_channel_words(ONE, each) for each in InChannel), key=len)
TOLD = Told(announcement=ONE, acknowledged_at=None)
LIST = PrivateList(id=OWN_REF, title=long(LIST_TITLE_MAX), about=long(ABOUT_MAX), is_own=True, is_on=True)
NEWS = StaffNews(announcement=ONE, person=a_person("sam"), readers=CROWD, open_=CROWD, trouble="")

VIEWS: Mapping[str, View] = {
    "announcement_form": announcement_form(
        CONTENT,
        OPTIONS,
        zone=LONGEST_ZONE,
        accounts=[f"U{number}" for number in range(100)],
        approver="U1",
        state=f"{OWN_REF}.{10**8}",
    ),
    "announcement_form with menus": announcement_form(
        None, replace(OPTIONS, streams=OPTIONS.streams[:MENU_MAX]), zone=LONGEST_ZONE
    ),
    "correction_form": correction_form(TEXT, is_critical=True, state=f"{OWN_REF}.{10**8}", warning=LONGEST_WARNING),
    "announcements_modal": announcements_modal(
        Overview(
            to_approve=(LINE,) * LISTED,
            waiting=(LINE,) * LISTED,
            drafts=(LINE,) * LISTED,
            planned=(LINE,) * LISTED,
            sent=(LINE,) * LISTED,
            templates=(LINE,) * LISTED,
            unread=(Unread(id=OWN_REF, title=long(TITLE_MAX)),) * LISTED,
            page=1,
            has_more=True,
        ),
        zone=LONGEST_ZONE,
    ),
    "preview_modal": preview_modal(
        Preview(
            announcement=replace(ONE, state=State.DRAFT, refusal="&" * WHY_MAX),
            readers=READERS,
            unreachable=READERS,
            interrupted=CROWD,
            later=CROWD,
            has_approver=False,
        ),
        zone=LONGEST_ZONE,
        said=texts.announcements.SENT_IMPORTANT,
    ),
    "preview_modal with a channel": preview_modal(
        Preview(
            announcement=replace(ONE, state=State.DRAFT),
            readers=READERS,
            unreachable=(),
            interrupted=CROWD,
            later=CROWD,
            has_approver=True,
        ),
        zone=LONGEST_ZONE,
        channel=ChannelFacts(
            name=long(80), is_there=True, is_archived=False, has_bot=True, outside=CROWD, others=CROWD
        ),
    ),
    "announcement_modal": announcement_modal(DETAILS, zone=LONGEST_ZONE, said=texts.announcements.SENT_IMPORTANT),
    "announcement_modal waiting": announcement_modal(
        replace(DETAILS, line=replace(LINE, announcement=replace(ONE, state=State.WAITING)), may_answer=True),
        zone=LONGEST_ZONE,
        seen=Preview(
            announcement=ONE,
            readers=READERS,
            unreachable=READERS,
            interrupted=CROWD,
            later=CROWD,
            has_approver=True,
        ),
    ),
    "names_modal": names_modal([each.name for each in READERS], [each.name for each in READERS]),
    "reach_modal": reach_modal({tier: dict.fromkeys(SHARES, 9999.0) for tier in Tier if tier is not Tier.SESSION}),
    "refuse_form": refuse_form(OWN_REF, 10**8),
    "told_modal": told_modal(
        OwnAnnouncements(told=(TOLD,) * OWN_LISTED, waiting=CROWD, page=1, has_more=True),
        zone=LONGEST_ZONE,
        said=texts.announcements.ALREADY,
    ),
    "told_one_modal": told_one_modal(TOLD, zone=LONGEST_ZONE, said=texts.announcements.SENT_IMPORTANT),
    "lists_modal": lists_modal(
        [replace(LIST, id=f"list-{number}") for number in range(2_000)], can_begin=True, page=50
    ),
    "list_form": list_form(),
    "members_modal": members_modal([long(100)] * CROWD),
}
MESSAGES: Mapping[str, Message] = {
    "reader_message": reader_message(
        ReaderNews(announcement=ONE, zone=LONGEST_ZONE, acknowledged_at=None, is_again=True)
    ),
    "reader_message acknowledged": reader_message(
        ReaderNews(announcement=ONE, zone=LONGEST_ZONE, acknowledged_at=MIDNIGHT, is_again=False)
    ),
    "reader_message retracted": reader_message(
        ReaderNews(
            announcement=replace(ONE, state=State.RETRACTED), zone=LONGEST_ZONE, acknowledged_at=None, is_again=False
        )
    ),
    "now_message": now_message(
        ReaderNews(announcement=ONE, zone=LONGEST_ZONE, acknowledged_at=MIDNIGHT, is_again=False),
        acknowledged_words(MIDNIGHT, LONGEST_ZONE, was_before=True),
    ),
    **{
        f"staff_message {kind}": staff_message(kind, replace(NEWS, trouble=Trouble.CHANNEL))
        for kind in AnnouncementMessage
    },
}
