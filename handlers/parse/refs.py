"""Ids and pages as buttons, menus and forms carry them through Slack; whatever we cannot have made is `NotFound`."""

import re

from domain.errors import NotFound

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_PAGE = re.compile(r"[0-9]{1,4}", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,9}", re.ASCII)


def known_id(text: str, *, field: str | None = None) -> str:
    """An id in the form in which ids are made. Raises `NotFound` at `field` for anything else."""
    if not _ID.fullmatch(text):
        raise NotFound(field=field)
    return text


def session_ref(text: str) -> tuple[str, int]:
    """A person's reference to a session and the version they saw, written `ref.version`. Raises `NotFound`."""
    ref, _, version = text.rpartition(".")
    if not _VERSION.fullmatch(version):
        raise NotFound
    return known_id(ref), int(version)


def proposal_ref(text: str) -> tuple[str, str]:
    """A proposal id and a start in epoch seconds, not yet read, written `id.epoch`. Raises `NotFound`."""
    proposal_id, _, start = text.rpartition(".")
    return known_id(proposal_id), start


def page_ref(text: str) -> tuple[str, int]:
    """The list of something and a page of it, written `id.page`. Raises `NotFound`."""
    id_, _, page = text.rpartition(".")
    return known_id(id_), page_of(page)


def page_of(text: str) -> int:
    """A page of a list; the first one for a list that was just opened. Raises `NotFound` for what is none."""
    if not text:
        return 0
    if not _PAGE.fullmatch(text):
        raise NotFound
    return int(text)
