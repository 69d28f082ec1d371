"""Deliveries may be drawn in a plainer look than their digest, where a server blocked that one."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # With its constraint in one statement, so that no table has to be copied.
    op.execute(
        "ALTER TABLE deliveries ADD COLUMN look VARCHAR(8) "
        "CONSTRAINT ck_deliveries_look CHECK (look IN ('cards', 'compact', 'lead'))"
    )
