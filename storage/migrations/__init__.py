"""Alembic migrations of both stores: one script folder and one head each."""

from storage.migrations.run import NewerStore, StoreName, check_known, current_revision, head_revision, migrate

__all__ = ["NewerStore", "StoreName", "check_known", "current_revision", "head_revision", "migrate"]
