"""More announcements for somebody than one page holds: the others are a page further, and Home says how many wait."""

from datetime import timedelta

from domain.announcements import Text
from domain.delivery import Tier
from domain.ports import View
from handlers import texts
from handlers.ids import Action
from handlers.program_home import program_part
from handlers.views.told import told_modal
from services.announcements.correct import retract
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.own import LISTED, is_in_channel, told_to, whose_homes
from tests.builders.announcements import Desk, a_content, press, told
from tests.looking.queries import queries_of

NUMBER = LISTED + 1


def send_many(desk: Desk) -> list[str]:
    """One more than a page holds, the newest last; their titles."""
    titles = [f"News {number:02}" for number in range(NUMBER)]
    for title in titles:
        desk.sent(a_content(text=Text(title=title, body="Words."), takes_newcomers=False))
        desk.house.clock.advance(timedelta(seconds=1))
    return titles


def turns(view: View) -> list[str]:
    """The pages that its buttons lead to."""
    buttons = [each for block in view["blocks"] for each in block.get("elements", ()) if "action_id" in each]
    return [each["value"] for each in buttons if each["action_id"].startswith(Action.TURN_TOLD)]


def test_further_announcements_are_on_the_next_page_and_home_counts_them(desk: Desk) -> None:
    titles = send_many(desk)
    ada = desk.house.person("ada")

    pages = [told_to(desk.house.desk, ada, page=page) for page in range(2)]

    shown = [each.announcement.text.title for found in pages for each in found.told]
    views = [told_modal(found, zone="UTC") for found in pages]
    assert shown == titles[::-1]
    assert [found.waiting for found in pages] == [NUMBER, NUMBER]
    assert [turns(view) for view in views] == [["1"], ["0"]]
    assert [texts.announcements.OWN_MORE in str(view) for view in views] == [True, False]
    home = str(program_part(desk.house.desk, ada))
    assert texts.announcements.HOME_WAITING_MORE.format(number=NUMBER - 6) in home


def test_what_waits_is_listed_by_how_much_it_matters_and_then_the_newest_first(desk: Desk) -> None:
    wanted = [("Old", Tier.IMPORTANT), ("Fire", Tier.CRITICAL), ("New", Tier.IMPORTANT), ("Coffee", Tier.NOTICE)]
    for title, tier in wanted:
        desk.sent(a_content(text=Text(title=title, body="Words."), tier=tier))
        desk.house.clock.advance(timedelta(seconds=1))
    read = desk.sent(a_content(text=Text(title="Read", body="Words."), tier=Tier.CRITICAL))
    press(desk, "ada", read)

    found = told_to(desk.house.desk, desk.house.person("ada"))

    assert [each.announcement.text.title for each in found.told] == ["Fire", "New", "Old", "Coffee", "Read"]


def test_what_was_acknowledged_or_is_over_or_was_taken_back_does_not_wait(desk: Desk) -> None:
    read, ada = desk.sent(), desk.house.person("ada")
    desk.sent(a_content(needs_ack=False))
    before = told_to(desk.house.desk, ada).waiting

    press(desk, "ada", read)

    assert (before, told_to(desk.house.desk, ada).waiting) == (1, 0)
    assert told_to(desk.house.desk, desk.house.person("bo")).waiting == 1


def test_page_that_is_just_full_has_none_after_it(desk: Desk) -> None:
    send_many(desk)
    ada = desk.house.person("ada")
    newest = told_to(desk.house.desk, ada).told[0].announcement

    retract(desk.house.desk, desk.sam, newest.id)

    found = told_to(desk.house.desk, ada)
    assert (len(found.told), found.waiting, found.has_more) == (LISTED, LISTED, False)


def test_what_waits_for_nothing_is_listed_for_thirty_days_and_what_waits_for_longer(desk: Desk) -> None:
    waits, ada = desk.sent(), desk.house.person("ada")
    desk.house.clock.advance(timedelta(minutes=1))
    news = desk.sent(a_content(needs_ack=False))

    listed = []
    for passed in (timedelta(days=30), timedelta(seconds=1)):
        desk.house.clock.advance(passed)
        listed.append([each.announcement.id for each in told_to(desk.house.desk, ada).told])

    assert listed == [[waits.id, news.id], [waits.id]]


def test_home_tabs_that_one_goes_from_are_those_of_all_its_readers(desk: Desk) -> None:
    found = desk.sent()

    assert whose_homes(desk.house.desk, found.id) == ("ada", "bo")


def test_one_is_in_its_channel_once_its_message_of_record_is_out(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1"))
    seen = [is_in_channel(desk.house.desk, found)]

    told(desk, kind=AnnouncementMessage.RECORD)
    seen.append(is_in_channel(desk.house.desk, found))

    assert seen == [False, True]


def test_nothing_is_asked_about_the_channel_of_one_that_has_none(desk: Desk) -> None:
    found = desk.sent()
    told(desk)

    with queries_of(desk.house.desk.program) as asked:
        seen = is_in_channel(desk.house.desk, found)

    assert (seen, len(asked)) == (False, 0)


def test_page_that_there_is_none_of_any_more_says_so_and_leads_back(desk: Desk) -> None:
    view = told_modal(told_to(desk.house.desk, desk.house.person("ada"), page=1), zone="UTC")

    assert texts.announcements.OWN_NONE_FURTHER in str(view)
    assert turns(view) == ["0"]
