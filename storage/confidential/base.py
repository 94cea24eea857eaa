"""Declarative base of the confidential store: hours, bookings and everything said about support."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class ConfidentialBase(SQLModel, registry=registry()):
    """Every table of the confidential store derives from this, so that its metadata holds no other store's table."""
