"""What staff decide about an announcement, in a process that is killed: a yes, another text, and who comes later."""

from domain.announcements import Text
from domain.delivery import Tier
from services.announcements.compose import draft
from services.announcements.correct import Correct
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.send import send
from services.audit import trail
from tests.acting.replicas import announced, as_if_sent, go_on, killed_before, started
from tests.builders.announcements import Desk, a_content
from tests.builders.leaving import touch
from tests.builders.people import account_of, put_person
from tests.looking.cohorts import EVERY_FURTHER, HANGS_SECONDS, Cohort

ANNOUNCEMENTS = ("announcements",)
UPDATE = "chat.update"
OTHER = Text(title="Plans are due", body="On Monday after all.")


def test_yes_whose_process_is_killed_counts_once_it_stands_and_both_names_are_kept(few: Cohort) -> None:
    """Without it nothing goes out, whoever looks."""
    desk = Desk(few.house)
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    version = send(few.house.desk, desk.sam, found.id, version=found.version).version
    killed_before(few, "INSERT INTO delivery", "approve", "sue", found.id, version)
    with started(few, name="looks") as first:
        go_on(few, first, ticks=ANNOUNCEMENTS)
    before = few.told()
    with started(few, name="decider") as decider:
        decider.do("approve", "sue", found.id, version)
        decider.kill()

    with started(few, name="last") as last:
        go_on(few, last, ticks=ANNOUNCEMENTS)

    assert before == few.each(0, sue=1)
    assert few.told() == few.each(1, sue=1, sam=1)
    assert draft(few.house.desk, desk.sam, found.id).approved_by == "sue"
    done = [(each.deed, each.by) for each in trail(few.house.desk, desk.sam, found.id)]
    assert sorted(done) == [("approved", "Sue"), ("asked for a yes", "Sam"), ("sent", "Sam"), ("written", "Sam")]


def test_new_text_whose_process_is_killed_changes_each_message_and_tells_nobody_twice(few: Cohort) -> None:
    """Killed before it stands, and with some of the messages changed."""
    id_ = announced(few)
    with started(few) as first:
        go_on(few, first, ticks=ANNOUNCEMENTS)
    desk = few.house.desk
    wish = Correct(request_key="c", id=id_, version=draft(desk, few.house.person("sam"), id_).version, text=OTHER)
    killed_before(few, "INSERT INTO delivery", "correct", "sam", wish)
    untouched = draft(desk, few.house.person("sam"), id_).text
    few.workspace.fault(UPDATE, "slow", seconds=HANGS_SECONDS, after=12, times=EVERY_FURTHER)
    with started(few, name="corrector") as corrector:
        corrector.do("correct", "sam", wish)
        few.let_marks_end()  # nobody was written to less than a second ago
        corrector.begin("send")
        few.wait_for_calls(UPDATE, 13)
        corrector.kill()
    few.workspace.clear_faults()

    with started(few, name="last") as last:
        last.do("correct", "sam", wish)
        go_on(few, last, ticks=ANNOUNCEMENTS)

    assert untouched != OTHER
    assert few.told() == few.each(1)
    assert {call["args"]["ts"] for call in few.workspace.calls(UPDATE, accepted=True)} == set(few.places().values())
    assert few.states(AnnouncementMessage.REWRITE) == {"sent"}


def test_late_joiner_whose_process_is_killed_is_told_once_and_nobody_else_anew(few: Cohort) -> None:
    announced(few)
    as_if_sent(few)
    put_person(few.stores.program, "ada")
    touch(few.stores.program)
    for words in ("INSERT INTO announcement_reader", "INSERT INTO delivery", "INSERT INTO audit"):
        killed_before(few, words, "tick", "newcomers")
    with started(few, name="planner") as planner:
        planner.do("tick", "newcomers")
        planner.kill()

    with started(few, name="last") as last:
        go_on(few, last, ticks=("newcomers",))

    assert few.told() == few.each(0) | {account_of("ada"): 1}
