"""One deadline as staff see it: what ending it says first, and who is behind in few words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audience import Audience
from domain.deadlines import DEFAULT_LADDER, DeadlineState, DeadlineText, Due, DueKind
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, context, header, section
from handlers.views.deadline_form import refuse_form
from handlers.views.deadlines import details_modal, left_behind_modal, overview_modal, preview_modal
from handlers.views.trail import trail_lines
from services.audit import Done, Trail
from services.deadlines.facts import Deadline
from services.deadlines.look import LISTED, TRAIL_SHOWN, Behind, Counted, Details, Met, Overview
from services.deadlines.write import AtSite, Preview

_W = texts.deadlines
DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
PLAN = Deadline(
    id="plan",
    program_id="program-1",
    author_id="sam",
    state=DeadlineState.OPEN,
    version=2,
    text=DeadlineText(title="Research plan"),
    due=Due(kind=DueKind.INSTANT, day=date(2027, 1, 25), minute=17 * 60, zone_name="Europe/London"),
    due_at=DUE,
    ladder=DEFAULT_LADDER,
    audience=Audience(everyone=True),
    takes_newcomers=True,
    needs_proof=False,
    is_told=True,
    created_at=datetime(2027, 1, 11, tzinfo=UTC),
    people=2,
)


def behind(name: str, *, due_at: datetime = DUE, rung: str = "", told_at: datetime | None = None) -> Behind:
    return Behind(
        person_id=name.lower(),
        name=name,
        is_here=True,
        due_at=due_at,
        is_extended=due_at != DUE,
        rung=rung,
        told_at=told_at,
    )


def details(*still: Behind, met: int = 0) -> Details:
    done = tuple(Met(person_id=f"m{number}", name=f"M{number}", at=DUE, proof="", by="") for number in range(met))
    return Details(
        deadline=PLAN,
        people=len(still) + met,
        number_met=met,
        behind=still,
        met=done,
        nudged_at=None,
        trail=Trail(),
    )


def the_end(view: View) -> Block:
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    (found,) = [each for row in rows for each in row["elements"] if each["action_id"] == Action.CLOSE_DEADLINE]
    return dict(found)


@pytest.mark.parametrize(
    ("still", "says"),
    [
        ((), _W.END_ALL_MET),
        ((behind("Ada"),), _W.END_STILL_ONE),
        ((behind("Ada"), behind("Bo")), _W.END_STILL.format(number=2)),
    ],
)
def test_ending_it_says_first_for_how_many_it_is_still_open(still: tuple[Behind, ...], says: str) -> None:
    end = the_end(details_modal(details(*still, met=1), zone="Europe/London"))

    assert end["text"]["text"] == _W.END
    assert end["confirm"]["title"]["text"] == _W.END_SURE
    assert end["confirm"]["text"]["text"] == says


def words_of(view: View) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def test_who_has_the_same_times_stands_under_one_heading() -> None:
    at, later = DUE - timedelta(days=7), DUE + timedelta(days=2)
    still = (
        behind("Ada", rung="7d", told_at=at),
        behind("Bo", rung="7d", told_at=at + timedelta(seconds=30)),
        behind("Cleo"),
        behind("Dev", due_at=later),
        replace(behind("Eli", rung="7d", told_at=at), is_here=False),
    )

    words = words_of(details_modal(details(*still), zone="Europe/London"))

    due = "Due Mon 25 Jan, 17:00 GMT"
    assert (
        f"*{due}; last told Mon 18 Jan, 17:00 GMT (7d)*\nAda, Bo, Eli (has left)\n"
        f"*{due}; not told yet*\nCleo\n"
        "*Due Wed 27 Jan, 17:00 GMT (extended); not told yet*\nDev\n"
    ) in words


def test_nobody_is_to_be_nudged_where_all_have_left_who_have_not_met_it() -> None:
    gone = replace(details(replace(behind("Eli"), is_here=False), met=1), people=1, number_left=1)

    view = details_modal(gone, zone="Europe/London")

    assert "1 of 1 have met it" in str(view["blocks"])
    assert "Eli (has left)" in str(view["blocks"])
    assert " more'" not in str(view["blocks"])
    assert Action.NUDGE_BEHIND not in str(view["blocks"])


def test_those_who_are_not_named_are_counted_with_who_has_left() -> None:
    some = replace(details(behind("Ada"), replace(behind("Eli"), is_here=False)), people=4, number_left=3)

    view = details_modal(some, zone="Europe/London")

    assert [each for each in view["blocks"] if each["type"] == "context"][1] == context("and 5 more")


def happened(shown: int, number: int) -> Trail:
    done = tuple(Done(at=DUE, by="Sam", deed=f"nudged {each}", about="", detail="") for each in range(shown))
    return Trail(done=done, number=number)


def test_newest_that_happened_stand_beside_it_and_a_button_leads_to_all() -> None:
    trail = happened(TRAIL_SHOWN, 62)

    shown = details_modal(replace(details(), trail=trail), zone="Europe/London")

    assert shown["blocks"][-4:] == [
        header(texts.trail.TITLE),
        section("\n".join(trail_lines(trail, "Europe/London"))),
        context("and 52 more"),
        actions(button("All that happened", Action.SEE_DEADLINE_TRAIL, value="plan"), block_id="deadline.trail"),
    ]


def test_where_all_that_happened_stands_beside_it_no_button_leads_to_the_same() -> None:
    trail = happened(TRAIL_SHOWN, TRAIL_SHOWN)

    shown = details_modal(replace(details(), trail=trail), zone="Europe/London")

    assert shown["blocks"][-2:] == [
        header(texts.trail.TITLE),
        section("\n".join(trail_lines(trail, "Europe/London"))),
    ]


def test_preview_names_each_site_once_with_its_time_or_its_zones() -> None:
    due = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=12 * 60)
    zones = {
        "Remote": ("Asia/Tokyo", "Europe/Berlin", "Europe/Paris", "America/Los_Angeles"),
        "London": ("Europe/London",),
        "": ("Europe/Paris", "Europe/Berlin"),
    }
    sites = [AtSite(site=site, times=tuple((zone, due.at(zone)) for zone in there)) for site, there in zones.items()]
    found = Preview(
        deadline=replace(PLAN, due=due),
        readers=(),
        unreachable=(),
        by_site=tuple(sites),
        lead_days=None,
        rule_days=7,
    )

    words = words_of(preview_modal(found, zone="Europe/London"))

    assert words[0] == "*Research plan*\ndue Mon 25 Jan, 12:00 at this time at each site"
    assert words[1] == "• Remote: 4 time zones, 12:00 JST to 12:00 PST\n• London: 12:00 GMT\n• At no site: 12:00 CET"


@pytest.mark.parametrize(("lead_days", "says"), [(0, "less than a day"), (1, "1 day"), (None, "")])
def test_preview_says_how_short_the_notice_is_also_on_the_day_itself(lead_days: int | None, says: str) -> None:
    found = Preview(deadline=PLAN, readers=(), unreachable=(), by_site=(), lead_days=lead_days, rule_days=7)

    words = words_of(preview_modal(found, zone="Europe/London"))

    short = [] if lead_days is None else [_W.SHORT.format(days=says, rule="7 days")]
    assert [each for each in words if each.startswith(_W.SHORT[:10])] == short


@pytest.mark.parametrize(
    ("waiting", "says"),
    [
        (1, _W.REQUESTS_ONE),
        (LISTED, _W.REQUESTS.format(number=LISTED)),
        (LISTED + 1, _W.REQUESTS_MANY.format(number=LISTED)),
    ],
)
def test_overview_says_how_many_ask_for_more_time_as_far_as_it_counts_them(waiting: int, says: str) -> None:
    found = Overview(open=(), drafts=(), closed=(), waiting=waiting)

    assert words_of(overview_modal(found, zone="Europe/London"))[0] == says


def test_what_somebody_did_about_themselves_names_them_once() -> None:
    done = (
        Done(at=DUE, by="Ada", deed="asked for more time", about="Ada", detail=""),
        Done(at=DUE, by="Sam", deed="refused more time", about="Ada", detail=""),
    )

    lines = trail_lines(Trail(done=done, number=2), "Europe/London")

    assert [line.count("Ada") for line in lines] == [1, 1]


def test_ending_what_is_for_a_private_list_says_the_same_by_numbers_alone() -> None:
    end = the_end(left_behind_modal(Counted(deadline=PLAN, met=3, people=5), zone="Europe/London"))

    assert end["confirm"]["text"]["text"] == _W.END_STILL.format(number=2)


def test_form_for_a_no_asks_to_leave_the_sealed_reason_out_of_what_is_not_sealed() -> None:
    (block,) = refuse_form("request-1")["blocks"]

    said = "Please leave out what their reason says: that is sealed, and this sentence is not."
    assert block["hint"]["text"].endswith(said)
