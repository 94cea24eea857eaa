"""Events in words: when, where, what the reader has said, and how many come. What somebody wrote is escaped."""

from collections.abc import Collection

from domain.event_answers import Guest, Numbers, Said, seats_left
from domain.events import Attending, Event, EventFormat, EventPlan
from handlers import texts
from handlers.views.blocks import escape, escape_title
from handlers.views.plain_words import words as their_words
from handlers.views.when import clock_label, time_token, when_plain, when_token
from services.events.deliveries import DAY_BEFORE

WORDS = texts.events


def when_marked(plan: EventPlan, zone: str) -> str:
    """From when to when, in the clock of the reader's device."""
    return WORDS.FROM_TO.format(starts=when_token(plan.starts, zone), ends=time_token(plan.ends, zone))


def when_said(plan: EventPlan, zone: str) -> str:
    """The same without markup."""
    return WORDS.FROM_TO.format(starts=when_plain(plan.starts, zone), ends=clock_label(plan.ends, zone))


def clock_marked(plan: EventPlan, zone: str) -> str:
    """From when to when on a day that is said already."""
    return WORDS.FROM_TO.format(starts=time_token(plan.starts, zone), ends=time_token(plan.ends, zone))


def lacks_link(event: Event) -> bool:
    """Whether people are to join online and nobody has said by which link."""
    return event.is_open and Attending.REMOTE in event.plan.format.ways and not event.plan.link


def where_marked(plan: EventPlan, *, with_link: bool = False, no_link: str = WORDS.LINK_LATER) -> str:
    """Where it is, an address of a map as a link; the link to join only where it is asked for.

    `no_link` stands in place of one that is not there.
    """
    room = ", ".join(filter(None, (plan.place, plan.site))) if Attending.ROOM in plan.format.ways else ""
    return " · ".join(filter(None, (their_words(room), _online(plan, with_link=with_link, no_link=no_link))))


def _online(plan: EventPlan, *, with_link: bool, no_link: str) -> str:
    if Attending.REMOTE not in plan.format.ways:
        return f"<{escape(plan.link)}|{WORDS.LINK}>" if plan.link and with_link else ""
    if not with_link:
        return WORDS.ONLINE
    return f"<{escape(plan.link)}|{WORDS.JOIN}>" if plan.link else f"{WORDS.ONLINE}, {no_link}"


def title_marked(event: Event) -> str:
    """What it is called, and of what sort it is."""
    return f"*{escape_title(event.plan.title)}* · {kind_said(event)}"


def kind_said(event: Event) -> str:
    """Of what sort it is, where its title stands already."""
    off = "" if event.is_open else f" {WORDS.OFF}"
    return f"{WORDS.KINDS[event.plan.kind]}{off}"


def mine_words(event: Event, guest: Guest, *, place: int = 0, is_invited: bool = True, is_over: bool = False) -> str:
    """What the reader has said to it; of who is not invited, and has said nothing, why they see it."""
    if guest.came_way is not None:
        return WORDS.MINE_CAME
    if guest.waits_for is not None and not is_over:
        return _waits(guest, guest.waits_for, place)
    if guest.said is Said.NOTHING and (is_over or not is_invited):
        return WORDS.IS_OVER if is_over else WORDS.MINE_OTHERS
    if guest.said is Said.YES and guest.way is not None and event.plan.format is EventFormat.HYBRID:
        return WORDS.MINE_WAY[guest.way]
    return WORDS.MINE[guest.said]


def _waits(guest: Guest, way: Attending, place: int) -> str:
    if guest.has_yes:
        return WORDS.MINE_WAITS_TOO[way]
    return WORDS.MINE_PLACE.format(place=place) if place else WORDS.MINE_WAIT


def answer_words(event: Event, guest: Guest, *, rungs: Collection[str]) -> str:
    """What an answer has come to: of a yes, which reminders will come, or for what one waits and what one keeps."""
    if not guest.is_coming:
        return WORDS.SAID_MAYBE if guest.said is Said.MAYBE else WORDS.SAID_NO
    if guest.waits_for is None:
        reminded = WORDS.REMINDED_BOTH if DAY_BEFORE in rungs else WORDS.REMINDED_QUARTER if rungs else ""
        return " ".join(filter(None, (WORDS.SAID_YES, reminded)))
    if event.plan.format is not EventFormat.HYBRID:
        return WORDS.SAID_WAITING
    keeps = WORDS.KEEPS_WAY[guest.way] if guest.has_yes and guest.way is not None else ""
    return " ".join(filter(None, (WORDS.SAID_WAITING_WAY[guest.waits_for], keeps)))


def talk_stays(guest: Guest) -> str:
    """What somebody with a talk should look at who has no seat, or ""."""
    return WORDS.TALK_STAYS_WAITING if guest.waits_for and not guest.has_yes else WORDS.TALK_STAYS[guest.said]


def speaker_remark(guest: Guest) -> str:
    """What who runs an event should know of somebody with a talk: that they have no seat, and why; or ""."""
    return WORDS.TALK_REMARK_WAITS if guest.waits_for and not guest.has_yes else WORDS.TALK_REMARKS[guest.said]


def come_words(plan: EventPlan, numbers: Numbers) -> str:
    """How many come, for anybody who is invited: numbers without names."""
    said = WORDS.COME.get(numbers.all_yes) or WORDS.COMES.format(number=numbers.all_yes)
    if plan.format is EventFormat.HYBRID and numbers.all_yes:
        ways = WORDS.BY_WAY.format(room=numbers.yes[Attending.ROOM], remote=numbers.yes[Attending.REMOTE])
        said = f"{said} ({ways})"
    return "; ".join(filter(None, (said, _left(plan, numbers), _number(WORDS.WAIT_NUMBER, numbers.all_waiting))))


def run_words(plan: EventPlan, numbers: Numbers) -> str:
    """All numbers, for host and staff."""
    parts = (
        come_words(plan, numbers),
        _number(WORDS.MAYBE_NUMBER, numbers.maybe),
        _number(WORDS.NO_NUMBER, numbers.no),
        _came(plan, numbers, WORDS.CAME_NUMBER.get(numbers.all_came) or WORDS.CAME_NUMBERS),
        _number(WORDS.CAME_UNASKED, numbers.came_unasked),
    )
    return "; ".join(filter(None, parts))


def past_words(plan: EventPlan, numbers: Numbers) -> str:
    """The same of one that is over: how many had said that they come, and how many did."""
    if not numbers.all_came:
        return WORDS.NOTED_LATER.format(yes=numbers.all_yes)
    parts = (
        _came(plan, numbers, WORDS.PAST_LINE),
        _number(WORDS.CAME_UNASKED, numbers.came_unasked),
    )
    return "; ".join(filter(None, parts))


def _came(plan: EventPlan, numbers: Numbers, words: str) -> str:
    """How many were there, "" for nobody; by way where there are two."""
    if not numbers.all_came:
        return ""
    said = words.format(number=numbers.all_came, yes=numbers.all_yes, came=numbers.all_came)
    if plan.format is not EventFormat.HYBRID:
        return said
    ways = WORDS.BY_WAY.format(room=numbers.came[Attending.ROOM], remote=numbers.came[Attending.REMOTE])
    return f"{said} ({ways})"


def _left(plan: EventPlan, numbers: Numbers) -> str:
    """How many seats are left where there is a limit; by way where there are two."""
    left = {way: seats_left(plan, way, numbers.yes[way]) for way in plan.format.ways}
    limited = {way: _seats(number) for way, number in left.items() if number is not None}
    if len(plan.format.ways) == 1:
        return "".join(limited.values())
    return ", ".join(WORDS.LEFT_OF[way].format(left=said) for way, said in limited.items())


def _seats(number: int) -> str:
    if number == 1:
        return WORDS.ONE_LEFT
    return WORDS.LEFT.format(number=number) if number else WORDS.FULL


def _number(words: str, number: int) -> str:
    return words.format(number=number) if number else ""
