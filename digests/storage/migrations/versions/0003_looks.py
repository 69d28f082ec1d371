"""How digests look: chosen for a destination, and kept with each digest.

Columns come with their constraints in one statement, which both databases take as it is: so no
table has to be copied.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_ONE = "VARCHAR(8) DEFAULT 'cards' NOT NULL CONSTRAINT"
_OF = "IN ('cards', 'compact', 'lead'))"
_COLUMNS = (
    ("destinations", f"look {_ONE} ck_destinations_look CHECK (look {_OF}"),
    (
        "destinations",
        "colour INTEGER CONSTRAINT ck_destinations_colour CHECK (colour BETWEEN 0 AND 16777215)",
    ),
    (
        "destinations",
        "role BIGINT CONSTRAINT ck_destinations_role CHECK (role IS NULL OR kind <> 'dm')",
    ),
    ("destinations", "silent BOOLEAN DEFAULT false NOT NULL"),
    ("digests", f"drawn_as {_ONE} ck_digests_drawn_as CHECK (drawn_as {_OF}"),
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
