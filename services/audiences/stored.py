"""An audience as the store holds it: JSON, with what is not chosen left out."""

from functools import cache

from pydantic import TypeAdapter

from domain.audience import Audience

LIST_BEGINS = '{"list_id":'
"""How the JSON of a private list begins, which stands alone, and that of nothing else."""


def audience_json(audience: Audience) -> str:
    """The audience as JSON, the same text for equal ones."""
    return _adapter().dump_json(audience, exclude_defaults=True).decode()


def audience_from(text: str) -> Audience:
    """The audience behind the JSON."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Audience]:
    return TypeAdapter(Audience)
