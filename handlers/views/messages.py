"""Messages as blocks. They stay in Slack's history, so they hold times and buttons, and name nobody."""

from domain.ports import Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, section
from handlers.views.sessions import session_ref
from handlers.views.when import when_plain, when_token
from services.scheduling.news import SessionNews


def session_message(headline: str, news: SessionNews, *, rebook: bool = False) -> Message:
    """The same words for every kind of session; who, where and what open on a press. `rebook` offers another one."""
    plain = f"{headline}: {when_plain(news.starts, news.zone)}."
    details = button(texts.WHO_WHERE_WHAT, Action.OPEN_DETAILS, value=session_ref(news.session_id, news.version))
    again = [button(texts.BOOK_ANOTHER, Action.OPEN_BOOKING)] if rebook else []
    when = section(f"{headline}: *{when_token(news.starts, news.zone)}*.")
    blocks = (when, actions(details, *again, block_id="details"))
    return Message(text=plain, blocks=blocks)


def welcome_message() -> Message:
    """What the bot does and who sees what, in three lines."""
    return Message(text=" ".join(texts.WELCOME), blocks=(section("\n".join(texts.WELCOME)),))
