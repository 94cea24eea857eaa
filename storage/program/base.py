"""Declarative base of the program store: roster, members, program messages; nothing about who has support."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class ProgramBase(SQLModel, registry=registry()):
    """Every table of the program store derives from this, so that its metadata holds no other store's table."""
