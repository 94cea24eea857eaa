"""Alembic's entry for the confidential store: runs inside the transaction that `migrate` opened."""

from alembic import context

from storage.confidential.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
