"""Subscriptions lie in the order of their key: planning reads each destination's in one place."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _rebuild(with_rowid=False)


def downgrade() -> None:
    _rebuild(with_rowid=True)


def _rebuild(*, with_rowid: bool) -> None:
    # On SQLite alone a table has rows apart from its key.
    if op.get_bind().dialect.name == "sqlite":
        kwargs = {"sqlite_with_rowid": with_rowid}
        with op.batch_alter_table("subscriptions", recreate="always", table_kwargs=kwargs):
            pass
