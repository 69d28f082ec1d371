"""Subscriptions lie in the order of their key: planning reads each destination's in one place."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # Only SQLite keeps the rows of a table apart from its key.
    if op.get_bind().dialect.name == "sqlite":
        by_key = {"sqlite_with_rowid": False}
        with op.batch_alter_table("subscriptions", recreate="always", table_kwargs=by_key):
            pass
