"""Peers who offer help: the offer, a helper's suggestion, and what the peer is asked. Modals alone."""

from collections.abc import Sequence

from domain.office_hours import HelpTopic
from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import actions, button, context, escape_title, field, modal, quoted, section
from handlers.views.menus import Choice, multi_select, select
from handlers.views.office_hours import topic_choices
from services.office_hours.favors import Favor
from services.office_hours.suggesting import PeerChoice


def offer_form(topics: Sequence[HelpTopic]) -> View:
    """On what the scholar offers help, and what that means for them."""
    menu = multi_select(Field.VALUE, topic_choices(tuple(HelpTopic)), placeholder=texts.forms.CHOOSE, initial=[*topics])
    blocks = [
        section(texts.office_hours.OFFER_ABOUT),
        field(Field.TOPICS, texts.office_hours.OFFER_TOPICS, menu, optional=True, hint=texts.office_hours.OFFER_HINT),
    ]
    if topics:
        blocks.append(actions(button(texts.office_hours.WITHDRAW, Action.WITHDRAW_OFFER, style="danger")))
    return modal(
        Modal.OFFER_HELP,
        title=texts.office_hours.OFFER_TITLE,
        blocks=blocks,
        submit=texts.office_hours.OFFER_SUBMIT,
        close=texts.forms.BACK,
    )


def suggest_form(choice: PeerChoice, *, state: str) -> View:
    """Who could be asked; without anybody it says so and cannot be submitted."""
    if not choice.peers:
        nobody = [section(texts.office_hours.NO_PEERS)]
        return modal(Modal.NOTICE, title=texts.office_hours.SUGGEST_TITLE, blocks=nobody, close=texts.forms.BACK)
    peers = [Choice(text=peer.name, value=peer.ref, group=peer.name[:1].upper()) for peer in choice.peers]
    label = texts.office_hours.PEER.format(topic=choice.topic.label.lower())
    blocks = [
        field(Field.PEER, label, select(Field.VALUE, peers, placeholder=texts.forms.CHOOSE)),
        context(texts.office_hours.SUGGEST_ABOUT),
    ]
    return modal(
        Modal.SUGGEST_PEER,
        title=texts.office_hours.SUGGEST_TITLE,
        blocks=blocks,
        submit=texts.office_hours.SUGGEST_SUBMIT,
        close=texts.forms.BACK,
        state=state,
    )


def favor_modal(favor: Favor) -> View:
    """What the peer is asked: the topic alone until they have accepted, then who and what."""
    topic = favor.topic.label.lower()
    if not favor.is_accepted:
        blocks = [section(texts.office_hours.FAVOR_ASK.format(topic=topic)), actions(*_answers(favor.ref))]
    else:
        who = texts.office_hours.FAVOR_WHO.format(name=escape_title(favor.scholar_name), topic=topic)
        done = button(texts.office_hours.WE_ARE_DONE, Action.FINISH_FAVOR, value=favor.ref)
        blocks = [section(who), *([quoted(favor.line)] if favor.line else []), actions(done)]
    return modal(Modal.LINE, title=texts.office_hours.FAVOR_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def favor_message(ref: str) -> Message:
    """The question to the peer; it names neither a person nor a topic."""
    look = button(texts.office_hours.WHAT_ABOUT, Action.OPEN_FAVOR, value=ref)
    asked = actions(*_answers(ref), look, block_id="favor")
    return Message(text=texts.office_hours.MESSAGE_FAVOR, blocks=(section(texts.office_hours.MESSAGE_FAVOR), asked))


def accepted_message(ref: str) -> Message:
    """What stands in the question's place once the peer has accepted."""
    look = button(texts.office_hours.WHO_AND_WHAT, Action.OPEN_FAVOR, value=ref)
    said = texts.office_hours.ACCEPTED
    return Message(text=said, blocks=(section(said), actions(look, block_id="favor")))


def _answers(ref: str) -> list[Block]:
    return [
        button(texts.office_hours.ACCEPT, Action.ACCEPT_FAVOR, value=ref, style="primary"),
        button(texts.office_hours.DECLINE, Action.DECLINE_FAVOR, value=ref),
    ]
