"""Words for the ledger's rows, made at the moment of sending from what is true then."""

from collections.abc import Mapping
from functools import partial

from domain.attention import DIGEST
from domain.delivery import Composer, Delivery, Outgoing, OutgoingFile, OutgoingMessage, Suppressed
from domain.people import Role
from domain.ports import Message
from handlers import texts
from handlers.digest import digest_composer
from handlers.ids import Action
from handlers.outbox_deadlines import deadline_composers
from handlers.outbox_events import event_composers
from handlers.outbox_groups import group_composers
from handlers.outbox_holds import canceled, hold_composers
from handlers.outbox_program import announcement_composers
from handlers.views.calendars import unread_message
from handlers.views.handover import handover_message
from handlers.views.invitations import invitation_message
from handlers.views.line_messages import line_message
from handlers.views.messages import agenda_message, session_message, welcome_message
from handlers.views.peers import favor_message
from handlers.views.proposals import declined_message, times_message, withdrawn_message
from handlers.views.session_log import ended_message
from services.delivery import ALERT
from services.delivery.watch import SAYS
from services.desk import Desk, SupportDesk
from services.feeds.unread import UNREAD, unread_news
from services.handover.deliveries import HandoverMessage
from services.handover.news import handover_news
from services.invitations.answer import invitation_news
from services.invitations.invite import INVITATION
from services.late import TOO_SLOW
from services.office_hours.deliveries import OfficeMessage
from services.office_hours.news import line_news
from services.proposals.answer import declined_news, times_news
from services.proposals.withdraw import withdrawn_news
from services.session_log.questions import AfterSession, question
from services.session_news.agenda import AGENDA, agenda
from services.session_news.calendar_file import FILENAME, SERIES_FILENAME
from services.session_news.deliveries import SessionMessage
from services.session_news.news import session_file, session_news
from services.session_news.series import OF_SERIES, series_file, series_news
from services.welcome import WELCOME

_HEADLINES = {
    SessionMessage.BOOKED: texts.messages.SESSION_BOOKED,
    SessionMessage.MOVED: texts.messages.SESSION_MOVED,
    SessionMessage.CANCELED: texts.messages.SESSION_CANCELED,
    SessionMessage.CHANGED: texts.messages.SESSION_CHANGED,
    SessionMessage.LENGTH: texts.messages.SESSION_LENGTH,
    SessionMessage.SERIES: texts.messages.SERIES_BOOKED,
    SessionMessage.SERIES_CANCELED: texts.messages.SERIES_CANCELED,
    SessionMessage.REMINDER: texts.messages.SESSION_SOON,
}

_FILES = (SessionMessage.FILE, SessionMessage.SERIES_FILE, SessionMessage.SERIES_CANCELED_FILE)


def composers(desk: Desk) -> Mapping[str, Composer]:
    """One composer for each kind of row. Without the confidential store only program messages remain."""
    found: dict[str, Composer] = {
        ALERT: _alert,
        WELCOME: partial(_welcome, desk),
        TOO_SLOW: lambda _delivery: OutgoingMessage(Message(text=texts.trouble.TOO_SLOW)),
    }
    found |= announcement_composers(desk)
    found |= event_composers(desk)
    found[DIGEST] = digest_composer(desk)
    found |= deadline_composers(desk)
    support = desk.support_desk
    if support is not None:
        found |= {kind: partial(_news, support, headline) for kind, headline in _HEADLINES.items()}
        found[SessionMessage.CANCELED] = partial(canceled, support, found[SessionMessage.CANCELED])
        found |= hold_composers(support)
        found |= group_composers(support)
        found |= {kind: partial(_file, support) for kind in _FILES}
        found[SessionMessage.PROPOSED] = partial(_times, support)
        found[SessionMessage.DECLINED] = partial(_declined, support)
        found[SessionMessage.WITHDRAWN] = partial(_withdrawn, support)
        found[AGENDA] = partial(_agenda, support)
        found[INVITATION] = partial(_invitation, support)
        found[UNREAD] = partial(_unread, support)
        found[AfterSession.LOG] = partial(_question, support, Action.OPEN_LOG)
        found[AfterSession.RATING] = partial(_question, support, Action.OPEN_RATING)
        found |= {kind: partial(_line, support) for kind in OfficeMessage}
        found |= {kind: partial(_handover, support) for kind in HandoverMessage}
    return found


def _news(desk: SupportDesk, headline: str, delivery: Delivery) -> Outgoing | Suppressed:
    news = (series_news if delivery.kind in OF_SERIES else session_news)(desk, delivery)
    if isinstance(news, Suppressed):
        return news
    is_off = delivery.kind in (SessionMessage.CANCELED, SessionMessage.SERIES_CANCELED)
    rebook = news.is_for_scholar and news.may_look and is_off
    return OutgoingMessage(session_message(texts.messages.SESSION_IN.get(news.rung, headline), news, rebook=rebook))


def _welcome(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    person = desk.people.person(delivery.person_id)
    if person is None:
        return Suppressed("gone")
    can_book = bool(desk.rules.of(person).booked_by(Role.MENTOR))
    return OutgoingMessage(welcome_message(person.roles, can_book_coach=can_book))


def _alert(delivery: Delivery) -> Outgoing:
    return OutgoingMessage(Message(text=texts.messages.ALERT.format(says=SAYS[delivery.object_id])))


def _file(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    is_series = delivery.kind in OF_SERIES
    content = (series_file if is_series else session_file)(desk, delivery)
    if isinstance(content, Suppressed):
        return content
    filename = SERIES_FILENAME if is_series else FILENAME
    return OutgoingFile(filename=filename, title=texts.messages.SESSION_FILE, content=content)


def _times(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    times = times_news(desk, delivery)
    return times if isinstance(times, Suppressed) else OutgoingMessage(times_message(times))


def _declined(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    staff_ref = declined_news(desk, delivery)
    return staff_ref if isinstance(staff_ref, Suppressed) else OutgoingMessage(declined_message(staff_ref))


def _withdrawn(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    return withdrawn_news(desk, delivery) or OutgoingMessage(withdrawn_message())


def _agenda(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    day = agenda(desk, delivery)
    return day if isinstance(day, Suppressed) else OutgoingMessage(agenda_message(day))


def _invitation(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    return invitation_news(desk, delivery) or OutgoingMessage(invitation_message())


def _unread(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    return unread_news(desk, delivery) or OutgoingMessage(unread_message())


def _question(desk: SupportDesk, action: Action, delivery: Delivery) -> Outgoing | Suppressed:
    news = question(desk, delivery)
    return news if isinstance(news, Suppressed) else OutgoingMessage(ended_message(news, action))


def _line(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    ref = line_news(desk, delivery)
    if isinstance(ref, Suppressed):
        return ref
    kind = OfficeMessage(delivery.kind)
    return OutgoingMessage(favor_message(ref) if kind is OfficeMessage.FAVOR else line_message(kind, ref))


def _handover(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    ref = handover_news(desk, delivery)
    return (
        ref if isinstance(ref, Suppressed) else OutgoingMessage(handover_message(HandoverMessage(delivery.kind), ref))
    )
