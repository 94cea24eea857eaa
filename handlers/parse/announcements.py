"""From the forms and buttons of announcements to the commands of their services; everything here may be hostile."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from domain.announcements import BODY_MAX, TIERS, TITLE_MAX, WHY_MAX, Begun, Plan, Text, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.errors import DomainError
from domain.times import parse_day
from handlers import texts
from handlers.ids import Field
from handlers.ids.choices import ACK, NEWCOMERS
from handlers.ids.fields import day_field
from handlers.parse.audience import AudienceForm, audience_form
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.faults import Faults
from handlers.parse.moments import is_empty, moment
from handlers.parse.refs import known_id, session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.announcements.compose import Content

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)
_NO_TEXT = Text(title="-", body="-")
_NO_AUDIENCE = AudienceForm(audience=Audience(everyone=True), accounts=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementForm:
    """A form that was sent. People are Slack accounts still, which a service turns into people of the program."""

    id: str
    version: int
    text: Text
    tier: Tier
    audience: AudienceForm
    plan: Plan
    channel: str
    needs_ack: bool
    takes_newcomers: bool
    approver: str

    def content(self, audience: Audience, *, approver_id: str) -> Content:
        """What it says, once it is known whose the accounts are."""
        return Content(
            tier=self.tier,
            text=self.text,
            plan=self.plan,
            audience=audience,
            channel=self.channel,
            needs_ack=self.needs_ack,
            takes_newcomers=self.takes_newcomers,
            approver_id=approver_id,
        )


def begun(request: Request) -> Begun:
    """An announcement of the message in whose menu the shortcut was chosen: its words, and a link to it."""
    body = request.envelope.message_text.strip()
    first, _, _ = body.partition("\n")
    fits = len(body) <= BODY_MAX
    return Begun(
        title=first if len(first) <= TITLE_MAX else "",
        body=body if fits else "",
        link=request.envelope.message_link,
        too_long=0 if fits else len(body),
    )


def announcement_form(request: Request) -> AnnouncementForm:
    """The form for a new one, or for a draft. Raises `Faulty` with everything that cannot be read."""
    state, faults = State(request.envelope.view), Faults()
    id_, version = _seen(request)
    text = faults.read(lambda: announcement_text(state), otherwise=_NO_TEXT)
    audience = faults.read(lambda: audience_form(state), otherwise=_NO_AUDIENCE)
    plan = _plan(state, faults)
    channel = faults.read(lambda: _channel(state), otherwise="")
    faults.end()
    chosen = state.choices(Field.OPTIONS)
    return AnnouncementForm(
        id=id_,
        version=version,
        text=text,
        tier=_tier(state),
        audience=audience,
        plan=plan,
        channel=channel,
        needs_ack=ACK in chosen,
        takes_newcomers=NEWCOMERS in chosen,
        approver=known_id(state.user(Field.APPROVER) or "", field=Field.APPROVER) if state.user(Field.APPROVER) else "",
    )


def announcement_text(state: State) -> Text:
    """Title, text and link. Raises `InvalidAnnouncement` at the field at fault, or `Faulty` with those of several."""
    title = " ".join(state.text(Field.TITLE).split())
    return Text(title=title, body=state.text(Field.BODY).strip(), link=state.line(Field.LINK))


def text_of(request: Request) -> Text:
    """The form for another text."""
    return announcement_text(State(request.envelope.view))


def seen(request: Request) -> tuple[str, int]:
    """The announcement a form or button is about, and the version that was seen. Raises `NotFound`."""
    return session_ref(state_of(request))


def pressed(request: Request) -> tuple[str, int]:
    """The same of a button."""
    return session_ref(request.envelope.pressed)


def why(request: Request) -> str:
    """What a no says. Raises `DomainError` when it is too long."""
    words = State(request.envelope.view).text(Field.REASON).strip()
    if len(words) > WHY_MAX:
        raise DomainError(f"Please keep this within {WHY_MAX} characters.", field=Field.REASON)
    return words


def _seen(request: Request) -> tuple[str, int]:
    state = state_of(request)
    return session_ref(state) if state else ("", 0)


def _tier(state: State) -> Tier:
    chosen = state.choice(Field.TIER)
    if chosen not in [tier.value for tier in TIERS]:
        raise UnreadableForm(field=Field.TIER)
    return Tier(chosen)


def _plan(state: State, faults: Faults) -> Plan:
    timing = state.choice(Field.WHEN)
    if timing not in list(Timing):
        raise UnreadableForm(field=Field.WHEN)
    faults.read(lambda: _check_fits(state, Timing(timing)), otherwise=None)
    at: datetime | None = None
    on: date | None = None
    if timing == Timing.AT:
        at = faults.read(lambda: moment(state, Field.START), otherwise=None)
    day = state.day(day_field(Field.START))
    if timing == Timing.MORNING and day is not None:
        on = faults.read(lambda: parse_day(day, field=day_field(Field.START)), otherwise=None)
    expires = None if is_empty(state, Field.END) else faults.read(lambda: moment(state, Field.END), otherwise=None)
    return Plan(timing=Timing(timing), at=at, on=on, expires_at=expires)


def _check_fits(state: State, timing: Timing) -> None:
    """Raises at the choice or at the time what is filled in and would be passed over: somebody meant it."""
    if timing is Timing.NOW and not is_empty(state, Field.START):
        raise DomainError(texts.announcements.NOW_HAS_NO_TIME, field=Field.WHEN)
    if timing is Timing.MORNING and state.time(Field.START) is not None:
        raise DomainError(texts.announcements.MORNING_HAS_NO_TIME, field=Field.START)


def _channel(state: State) -> str:
    chosen = state.channel(Field.CHANNEL) or ""
    if chosen and not _CHANNEL.fullmatch(chosen):
        raise UnreadableForm(field=Field.CHANNEL)
    return chosen
