"""Corrections: which articles say something else now, and which messages have to be edited.

New columns come with their constraints in one statement, so that no table has to be copied.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE articles ADD COLUMN said TEXT "
        "CONSTRAINT ck_articles_said CHECK (said IS NULL OR withdrawn_at IS NOT NULL)"
    )
    op.execute("ALTER TABLE articles ADD COLUMN digests_before BIGINT DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE deliveries ADD COLUMN seen BIGINT DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE deliveries ADD COLUMN colour INTEGER")
    op.create_index("ix_editions_digest_id", "editions", ["digest_id"])
    op.create_table(
        "revisions",
        _article("revisions"),
        sa.Column("was", sa.Text()),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("digest_id", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_revisions"),
    )
    op.create_table(
        "corrections",
        _delivery("corrections"),
        _article("corrections"),
        sa.Column("was", sa.Text()),
        sa.Column("corrected_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("delivery_id", "article_id", name="pk_corrections"),
    )
    op.create_table(
        "omissions",
        _delivery("omissions"),
        _article("omissions"),
        sa.PrimaryKeyConstraint("delivery_id", "article_id", name="pk_omissions"),
    )
    op.create_table(
        "edits",
        _delivery("edits"),
        sa.Column(
            "destination_id",
            _ID,
            sa.ForeignKey("destinations.id", name="fk_edits_destination_id"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rename", sa.Boolean(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_edits"),
    )
    op.create_index("ix_edits_destination_id", "edits", ["destination_id"])
    op.create_index("ix_edits_not_before", "edits", ["not_before"])


def _delivery(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("deliveries.id", name=f"fk_{table}_delivery_id", ondelete="CASCADE")
    return sa.Column("delivery_id", _ID, key, nullable=False, autoincrement=False)


def _article(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("articles.id", name=f"fk_{table}_article_id")
    return sa.Column("article_id", _ID, key, nullable=False, autoincrement=False)
