"""What a group session is about and where it is, sealed with its row.

Every scholar of the program may read it, so it is under a key of the program. Who took a seat stands beside it: whoever
gets at the tables alone must not learn what those people wanted to talk about.
"""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from domain.groups import Group, GroupWords
from domain.places import Place
from domain.sealing import RecordClass, RecordIdentity
from services.desk import SupportDesk
from services.unsealing import log_unreadable

_DOMAIN = "group.words"


def seal_words(desk: SupportDesk, connection: Connection, words: GroupWords, *, group: Group) -> bytes:
    """Seal the words for this version of the row. Whoever changes host or version has to seal them anew."""
    place = [words.place.kind, words.place.detail] if words.place else None
    text = json.dumps(
        {"title": words.title, "about": words.about, "place": place, "reason": words.reason}, ensure_ascii=False
    )
    return desk.sealer.seal(connection, text, identity=_identity(group))


def open_words(desk: SupportDesk, connection: Connection, groups: Iterable[Group]) -> list[GroupWords]:
    """The words of each. One query, however many there are of a program; a row that was tampered with shows nothing."""
    sealed = [(group.words, _identity(group)) for group in groups]
    opened = desk.sealer.open_each(connection, sealed, record_class=RecordClass.BOOKING)
    return [_read(each) for each in opened]


def _read(opened: str | None) -> GroupWords:
    if opened is None:
        log_unreadable(_DOMAIN)
        return GroupWords(is_unreadable=True)
    stored = json.loads(opened)
    kind, detail = stored["place"] or ("", "")
    place = Place(kind=kind, detail=detail) if kind else None
    return GroupWords(title=stored["title"], about=stored["about"], place=place, reason=stored["reason"])


def _identity(group: Group) -> RecordIdentity:
    return RecordIdentity(
        program_id=group.program_id,
        domain=_DOMAIN,
        record_id=group.id,
        scholar_id=group.program_id,
        author_id=group.host_id,
        record_class=RecordClass.BOOKING,
        version=group.version,
        facts=(group.kind,),
    )
