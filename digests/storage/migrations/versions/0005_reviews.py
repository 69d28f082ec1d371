"""Reviews and drafts: a channel's next edition, shown to its editors first."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column(
            "destination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.Boolean(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("trouble_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(trouble IS NULL) = (trouble_since IS NULL)", name=op.f("ck_reviews_trouble")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 120", name=op.f("ck_reviews_minutes")),
        sa.CheckConstraint(
            "trouble_told_at IS NULL OR trouble IS NOT NULL", name=op.f("ck_reviews_told")
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_reviews_destination_id")
        ),
        sa.PrimaryKeyConstraint("destination_id", name=op.f("pk_reviews")),
    )
    op.create_index("ix_reviews_look_at", "reviews", ["look_at"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "destination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "digest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("nonce", sa.String(24), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_doubt_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'sent') = (edition IS NOT NULL)", name=op.f("ck_drafts_edition")
        ),
        sa.CheckConstraint(
            "(state IN ('open', 'approved', 'held')) = (ended_at IS NULL)",
            name=op.f("ck_drafts_ended"),
        ),
        sa.CheckConstraint("length(nonce) = 24", name=op.f("ck_drafts_nonce")),
        sa.CheckConstraint("shown = -1 OR message_id IS NOT NULL", name=op.f("ck_drafts_message")),
        sa.CheckConstraint("shown BETWEEN -1 AND version", name=op.f("ck_drafts_shown")),
        sa.CheckConstraint("since <= until", name=op.f("ck_drafts_window")),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'held', 'sent', 'empty', 'replaced', 'void')",
            name=op.f("ck_drafts_state"),
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_drafts_destination_id")
        ),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_drafts_digest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("nonce", name=op.f("uq_drafts_nonce")),
    )
    op.create_index(
        "ix_drafts_behind",
        "drafts",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("shown < version AND given_up IS NULL"),
        postgresql_where=sa.text("shown < version AND given_up IS NULL"),
    )
    op.create_index("ix_drafts_destination_id", "drafts", ["destination_id"], unique=False)
    op.create_index(
        "ix_drafts_live",
        "drafts",
        ["destination_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'approved', 'held')"),
        postgresql_where=sa.text("state IN ('open', 'approved', 'held')"),
    )
    op.create_table(
        "draft_acts",
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(article_id IS NOT NULL) = (act IN ('dropped', 'kept', 'pinned'))",
            name=op.f("ck_draft_acts_article"),
        ),
        sa.CheckConstraint(
            "act IN ('approved', 'held', 'dropped', 'kept', 'pinned', 'sent')",
            name=op.f("ck_draft_acts_act"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_draft_acts_article_id")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_acts_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_draft_acts")),
    )
    op.create_index("ix_draft_acts_article_id", "draft_acts", ["article_id"], unique=False)
