"""What those who hold a group session say of it: fields of two forms, and the form that changes it. For modals."""

from domain.groups import ABOUT_MAX, TITLE_MAX, GroupWords
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Field, Modal
from handlers.parse.hours import PLACE_MAX, place_text
from handlers.views.blocks import DIVIDER, context, escape, escape_title, field, modal, section, text_input, with_given
from handlers.views.menus import Choice, select
from handlers.views.sessions import where
from services.groups.commands import EditGroup
from services.groups.facts import GroupDetails

LENGTHS = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240)
NOTHING = GroupWords()


def words_fields(words: GroupWords = NOTHING) -> list[Block]:
    """What it is called and what it is about."""
    title = text_input(Field.VALUE, initial=words.title, at_most=TITLE_MAX)
    about = text_input(Field.VALUE, initial=words.about, multiline=True, at_most=ABOUT_MAX)
    return [
        field(Field.TITLE, texts.groups.WHAT, title, hint=texts.groups.WHAT_HINT),
        field(Field.ABOUT, texts.groups.ABOUT, about, optional=True, hint=texts.groups.ABOUT_HINT),
    ]


def place_fields(words: GroupWords = NOTHING, *, partner: str | None = None) -> list[Block]:
    """Where it is, and the account of who holds it too."""
    place = text_input(Field.VALUE, initial=place_text(words.place), at_most=PLACE_MAX)
    cohost = with_given({"type": "users_select", "action_id": Field.VALUE}, initial_user=partner)
    return [
        field(Field.PLACE, texts.groups.PLACE, place, optional=True, hint=texts.groups.PLACE_HINT),
        field(Field.COHOST, texts.groups.COHOST, cohost, optional=True, hint=texts.groups.COHOST_HINT),
    ]


def group_edit_form(details: GroupDetails, *, state: str) -> View:
    """Everything that was said when it was set up, but for the time and the seats."""
    return _form(details.words, details, details.minutes, details.partner_account, [], state=state)


def group_edit_again(details: GroupDetails, typed: EditGroup, *, state: str) -> View:
    """After somebody else was quicker: what stands now, over what was typed, which is saved with another press."""
    stands = [
        f"*{escape_title(details.words.title)}*" if details.words.title else "",
        escape(details.words.about),
        f"*{texts.groups.HELD_BY}* {escape(', '.join(details.host_names))}",
        f"{details.minutes} {texts.moments.MINUTES}",
        where(details.words.place, unknown=texts.groups.PLACE_NONE),
    ]
    now = [
        section(texts.groups.CHANGED_MEANWHILE),
        section("\n".join(line for line in stands if line)),
        context(texts.groups.YOURS_BELOW),
        DIVIDER,
    ]
    words = GroupWords(title=typed.title, about=typed.about, place=typed.place)
    return _form(words, details, typed.minutes, typed.cohost, now, state=state)


def _length(minutes: int, *, also: int, hint: str) -> Block:
    """How long, this many minutes until another is chosen; `also` is a length that stands already, whichever it is."""
    lengths = [Choice(text=f"{each} {texts.moments.MINUTES}", value=str(each)) for each in sorted({*LENGTHS, also})]
    menu = select(Field.VALUE, lengths, placeholder=texts.forms.CHOOSE, initial=str(minutes))
    return field(Field.LENGTH, texts.groups.LENGTH, menu, hint=hint)


def _form(
    words: GroupWords, details: GroupDetails, minutes: int, partner: str | None, first: list[Block], *, state: str
) -> View:
    length = _length(minutes, also=details.minutes, hint=texts.groups.EDIT_LENGTH_HINT)
    return modal(
        Modal.GROUP_EDIT,
        title=texts.groups.EDIT_TITLE,
        blocks=[
            *first,
            *words_fields(words),
            length,
            *place_fields(words, partner=partner),
            context(texts.groups.EDIT_TELLS),
        ],
        submit=texts.groups.SEATS_SAVE,
        close=texts.forms.BACK,
        state=state,
    )
