"""The one place where an error becomes words: at the field, in a notice over the modal, or in a private answer."""

import logging
import secrets
from collections.abc import Callable, Sequence

from domain.errors import DomainError, Faulty
from domain.holds import AnswerOver
from domain.ports import Message
from domain.times import TimeRepeated
from handlers import texts
from handlers.ids import base_id
from handlers.reply import OpenView, PushView, Reply, Respond, Screen, UpdateView
from handlers.request import Envelope, Kind
from handlers.views.moments import asking_which
from handlers.views.notice import notice, noticed
from services.deadlines.facts import WasClosed
from services.proposals.answer import NoLongerOpen

logger = logging.getLogger(__name__)

_REFERENCE_BYTES = 4
_OVER = (NoLongerOpen, AnswerOver, WasClosed)
"""Whoever answers too late, or twice, or about what is not asked any more."""


class UnknownRequest(DomainError):
    """I do not know that button any more. Type /support to start afresh."""


Count = Callable[[str, str], None]
"""Told of every request's kind and outcome: answered, refused or failed."""


def guarded(envelope: Envelope, run: Callable[[], Reply], *, count: Count) -> Reply:
    """Run a handler; a domain error is told in its own words, any other as a reference to search the log for."""
    try:
        reply = run()
    except DomainError as error:
        count(envelope.kind, "refused")
        logger.info("request refused", extra={"request": envelope.id, "error": type(error).__name__})
        return _told(envelope, *(error.faults if isinstance(error, Faulty) else [error]))
    except Exception as error:  # the boundary: everything unknown is logged with its traceback and a reference
        count(envelope.kind, "failed")
        reference = secrets.token_hex(_REFERENCE_BYTES)
        # No id of a button or form: whoever is told a reference must not read from it that somebody sought support.
        kind, error_class = envelope.kind.value, type(error).__name__
        logger.exception("request failed", extra={"request": kind, "error": error_class, "reference": reference})
        return _told(envelope, DomainError(texts.trouble.went_wrong(reference)))
    count(envelope.kind, "answered")
    return reply


def _told(envelope: Envelope, *faults: DomainError) -> Reply:
    sentence = faults[0].message
    if envelope.kind is Kind.COMMAND:
        return Reply(message=Message(text=sentence))
    asking = _asking(envelope, faults)
    if asking is not None:
        return asking
    if envelope.kind is Kind.SUBMISSION:
        return _told_in_form(envelope, faults)
    screen = _screen(envelope, sentence, is_over=isinstance(faults[0], _OVER))
    return Reply(screens=(screen,) if screen else ())


def _asking(envelope: Envelope, faults: Sequence[DomainError]) -> Reply | None:
    """A time that happens twice is no mistake: the form asks which one is meant, before anything else is told."""
    repeated = [fault for fault in faults if isinstance(fault, TimeRepeated)]
    asking = asking_which(envelope.view or {}, repeated) if repeated and envelope.is_from_modal else None
    if asking is None:
        return None
    return Reply(view=asking) if envelope.kind is Kind.SUBMISSION else Reply(screens=(UpdateView(asking),))


def _screen(envelope: Envelope, sentence: str, *, is_over: bool) -> Screen | None:
    """`is_over` says that the other buttons of the message lead nowhere either: the sentence takes their place."""
    match envelope.kind:
        case Kind.ACTION if envelope.is_from_third_modal and envelope.view is not None:
            return UpdateView(noticed(envelope.view, sentence))
        case Kind.ACTION if envelope.is_from_modal:
            return PushView(notice(sentence))
        case Kind.ACTION if envelope.response_url is not None:
            return Respond(Message(text=sentence), replace=is_over)
        case Kind.ACTION | Kind.SHORTCUT:
            return OpenView(notice(sentence))
        case _:
            return None  # nobody is waiting for an answer to an event


def _told_in_form(envelope: Envelope, faults: Sequence[DomainError]) -> Reply:
    blocks = (envelope.view or {}).get("blocks", ())
    inputs = [block["block_id"] for block in blocks if block["type"] == "input"]
    if not inputs:
        return Reply(view=notice(faults[0].message))  # there is nothing to keep
    # The form stays open with everything the person typed. What is about no field is said at the first.
    at = {base_id(block_id): block_id for block_id in reversed(inputs)}
    return Reply(errors={at.get(fault.field or "", inputs[0]): fault.message for fault in reversed(faults)})
