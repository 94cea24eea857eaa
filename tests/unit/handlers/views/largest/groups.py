"""Sessions with as many seats as there can be."""

from collections.abc import Mapping
from dataclasses import replace

from domain.booking import REASON_MAX
from domain.groups import ABOUT_MAX as GROUP_ABOUT_MAX
from domain.groups import SEATS_MAX, TITLE_MAX, GroupWords, Standing
from domain.kinds import GROUP, kind_of
from domain.places import Place
from domain.ports import View
from handlers.parse.hours import PLACE_MAX
from handlers.views.group_edit import group_edit_again, group_edit_form
from handlers.views.groups import LISTED as GROUPS_LISTED
from handlers.views.groups import (
    group_cancel_form,
    group_form,
    group_modal,
    group_move_form,
    group_seats_form,
    groups_modal,
)
from services.groups.commands import EditGroup
from tests.builders.sessions import NEW_YORK, a_group_line, some_group_details
from tests.unit.handlers.views.largest.filling import LONGEST_ZONE, REF, long

GROUP_WORDS = GroupWords(
    title=long(TITLE_MAX),
    about=long(GROUP_ABOUT_MAX),
    place=Place(kind="room", detail=long(PLACE_MAX)),
    reason=long(REASON_MAX),
    is_unreadable=True,
)
GROUP_LINE = a_group_line(words=GROUP_WORDS, host_names=(long(100), long(100)), standing=Standing.OUTSIDE)
GROUP_DETAILS = some_group_details(
    standing=Standing.HOST,
    words=GROUP_WORDS,
    host_names=(long(100), long(100)),
    seated_names=(long(100),) * SEATS_MAX,
    waiting=10**4,
    seats=SEATS_MAX,
    other_zone=NEW_YORK,
)
TYPED_PLACE = Place(kind="room", detail=long(PLACE_MAX - len("room: ")))
TYPED_GROUP = replace(GROUP_DETAILS, words=replace(GROUP_WORDS, place=TYPED_PLACE), partner_account="U0123456789")
GROUP_EDIT = EditGroup(
    request_key="key",
    ref=REF,
    version=10**8,
    minutes=45,
    title=long(TITLE_MAX),
    about=long(GROUP_ABOUT_MAX),
    place=TYPED_PLACE,
    cohost="U0123456789",
)

VIEWS: Mapping[str, View] = {
    "groups_modal": groups_modal([GROUP_LINE] * (GROUPS_LISTED + 1), may_host=True, said="x" * 3000),
    "groups_modal with nothing": groups_modal([], may_host=False),
    "group_modal": group_modal(GROUP_DETAILS, said="x" * 3000, title="x" * 30, state="sessions"),
    "group_modal of a scholar": group_modal(
        some_group_details(standing=Standing.WAITING, words=GROUP_WORDS, place_in_line=99)
    ),
    "group_form": group_form(LONGEST_ZONE, kind_of(GROUP)),
    "group_edit_form": group_edit_form(TYPED_GROUP, state=REF),
    "group_edit_again": group_edit_again(GROUP_DETAILS, GROUP_EDIT, state=REF),
    "group_move_form": group_move_form(GROUP_DETAILS, state=REF),
    "group_cancel_form": group_cancel_form(GROUP_DETAILS, state=REF),
    "group_seats_form": group_seats_form(GROUP_DETAILS, state=REF),
}
