"""The language that a destination's digests are in: one of Discord's locales, English where none."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE destinations ADD COLUMN language VARCHAR(8)")
