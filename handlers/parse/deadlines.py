"""From the forms and buttons of deadlines to the commands of their services; everything here may be hostile."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.audience import Audience
from domain.deadlines import DEFAULT_LADDER, DeadlineText, Due, DueKind, Ladder, parse_ladder
from domain.errors import DomainError, NotFound
from domain.times import parse_day, zone_called
from handlers import texts
from handlers.ids import Field
from handlers.ids.choices import MET, NEWCOMERS, NOT_MET, PROOF, TELL, Pass
from handlers.ids.fields import day_field, pass_field
from handlers.parse.audience import AudienceForm, audience_form
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.faults import Faults
from handlers.parse.moments import minute_of_day, moment
from handlers.parse.refs import known_id, session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.deadlines.asking import Ask
from services.deadlines.change import Change
from services.deadlines.write import Content

_HOURS = re.compile(r"[0-9]{1,3}", re.ASCII)
_NO_TEXT = DeadlineText(title="-")
_NO_AUDIENCE = AudienceForm(audience=Audience(everyone=True), accounts=())


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineForm:
    """A form that was sent, for a new one or for the draft with this id, seen at this version.

    People are Slack accounts still.
    """

    id: str
    version: int
    text: DeadlineText
    due: Due
    ladder: Ladder
    audience: AudienceForm
    options: tuple[str, ...]

    def content(self, audience: Audience) -> Content:
        """What it says, once it is known whose the accounts are."""
        return Content(
            text=self.text,
            due=self.due,
            ladder=self.ladder,
            audience=audience,
            takes_newcomers=NEWCOMERS in self.options,
            needs_proof=PROOF in self.options,
            is_told=TELL in self.options,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeForm:
    """A form for one that stands. `audience` has Slack accounts still; None where it was not asked for."""

    change: Change
    audience: AudienceForm | None


def deadline_form(request: Request) -> DeadlineForm:
    """The form for a new one, or for a draft. Raises `Faulty` with everything that cannot be read."""
    state, faults = State(request.envelope.view), Faults()
    text, due, ladder = _parts(state, faults)
    audience = faults.read(lambda: audience_form(state), otherwise=_NO_AUDIENCE)
    faults.end()
    id_, version = session_ref(state_of(request)) if state_of(request) else ("", 0)
    return DeadlineForm(
        id=id_,
        version=version,
        text=text,
        due=due,
        ladder=ladder,
        audience=audience,
        options=state.choices(Field.OPTIONS),
    )


def seen(request: Request) -> tuple[str, int]:
    """The draft that was previewed, and the version that was seen. Raises `NotFound`."""
    return session_ref(state_of(request))


def pressed(request: Request) -> tuple[str, int]:
    """The same of a button."""
    return session_ref(request.envelope.pressed)


def change_form(request: Request) -> ChangeForm:
    """The form for one that stands. Raises `Faulty`, or `NotFound` for a state that is none of ours."""
    state, faults = State(request.envelope.view), Faults()
    id_, version = session_ref(state_of(request))
    text, due, ladder = _parts(state, faults)
    has_audience = state.has(Field.WHO)
    audience = faults.read(lambda: audience_form(state), otherwise=_NO_AUDIENCE) if has_audience else None
    faults.end()
    change = Change(
        request_key=request.envelope.once_key(),
        id=id_,
        version=version,
        text=text,
        due=due,
        ladder=ladder,
        needs_proof=PROOF in state.choices(Field.OPTIONS),
    )
    return ChangeForm(change=change, audience=audience)


def ask_form(request: Request) -> Ask:
    """The form that asks for more time. Raises at the field at fault."""
    state = State(request.envelope.view)
    return Ask(
        request_key=request.envelope.once_key(),
        deadline_id=known_id(state_of(request)),
        until=moment(state, Field.DUE),
        reason=state.text(Field.REASON).strip() if state.has(Field.REASON) else "",
    )


def until(request: Request) -> datetime:
    """A time to which something is extended."""
    return moment(State(request.envelope.view), Field.DUE)


def accounts(request: Request) -> tuple[str, ...]:
    """The Slack accounts that were picked."""
    return tuple(known_id(each, field=Field.PEOPLE) for each in State(request.envelope.view).users(Field.PEOPLE))


def is_met(request: Request) -> bool:
    """Whether staff say that somebody has met it. Raises `UnreadableForm` where nothing is chosen."""
    chosen = State(request.envelope.view).choice(Field.OUTCOME)
    if chosen not in (MET, NOT_MET):
        raise UnreadableForm(field=Field.OUTCOME)
    return chosen == MET


def proof(request: Request) -> str:
    """The link that was pasted."""
    return State(request.envelope.view).text(Field.PROOF)


def answer(request: Request) -> str:
    """The sentence of whoever refuses."""
    return State(request.envelope.view).text(Field.ANSWER)


def snoozed(request: Request) -> tuple[str, timedelta]:
    """Which deadline is put off, and by how much, written `id.hours`. Raises `NotFound`."""
    id_, _, hours = request.envelope.pressed.rpartition(".")
    if not _HOURS.fullmatch(hours):
        raise NotFound
    return known_id(id_), timedelta(hours=int(hours))


def _parts(state: State, faults: Faults) -> tuple[DeadlineText, Due, Ladder]:
    text = _text(state, faults)
    due = faults.read(lambda: _due(state), otherwise=_NO_DUE)
    ladder = faults.read(lambda: parse_ladder(state.text(Field.RUNGS)), otherwise=DEFAULT_LADDER)
    return text, due, ladder


def _text(state: State, faults: Faults) -> DeadlineText:
    """Each of the three is looked at by itself, so that all that is wrong is told."""
    title = faults.read(lambda: DeadlineText(title=" ".join(state.text(Field.TITLE).split())), otherwise=_NO_TEXT)
    words = faults.read(lambda: replace(_NO_TEXT, words=state.text(Field.WORDS).strip()), otherwise=_NO_TEXT)
    link = faults.read(lambda: replace(_NO_TEXT, link=state.text(Field.LINK).strip()), otherwise=_NO_TEXT)
    return DeadlineText(title=title.title, words=words.words, link=link.link)


def _due(state: State) -> Due:
    kind = state.choice(Field.DUE_KIND)
    if kind not in tuple(DueKind):
        raise UnreadableForm(field=Field.DUE_KIND)
    chosen = state.day(day_field(Field.DUE))
    if chosen is None:
        raise DomainError(texts.moments.NO_DAY, field=day_field(Field.DUE))
    day = parse_day(chosen, field=day_field(Field.DUE))
    if kind == DueKind.ANYWHERE:
        return Due.anywhere(day)
    which = state.choice(pass_field(Field.DUE))
    return Due(
        kind=DueKind(kind),
        day=day,
        minute=minute_of_day(state, Field.DUE),
        zone_name=zone_called(state.text(Field.ZONE).strip()) if kind == DueKind.INSTANT else "",
        is_second=which == Pass.SECOND if which in tuple(Pass) else None,
    )


_NO_DUE = Due.anywhere(parse_day("2027-01-01"))
