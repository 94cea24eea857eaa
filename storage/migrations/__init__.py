"""Alembic migrations of both stores: one script folder and one head each."""

from storage.migrations.run import StoreName, current_revision, head_revision, migrate

__all__ = ["StoreName", "current_revision", "head_revision", "migrate"]
