"""The first tables: library, destinations, outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.Column("heat", sa.Integer(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (body IS NOT NULL)",
            name=op.f("ck_articles_words_only_if_published"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("link", name=op.f("uq_articles_link")),
        sa.UniqueConstraint("sequence", name=op.f("uq_articles_sequence")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "destinations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("dm_channel_id", sa.BigInteger(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("every", sa.String(length=10), nullable=False),
        sa.Column("at_minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("editions", sa.Integer(), nullable=False),
        sa.Column("held", sa.Text(), nullable=True),
        sa.Column("set_up_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'dm') = (guild_id IS NULL)", name=op.f("ck_destinations_guild")
        ),
        sa.CheckConstraint(
            "every IN ('instantly', 'hourly', 'daily', 'weekly')",
            name=op.f("ck_destinations_every"),
        ),
        sa.CheckConstraint(
            "kind IN ('dm', 'channel', 'thread', 'forum')", name=op.f("ck_destinations_kind")
        ),
        sa.CheckConstraint("at_minute BETWEEN 0 AND 1439", name=op.f("ck_destinations_at_minute")),
        sa.CheckConstraint("day BETWEEN 0 AND 6", name=op.f("ck_destinations_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destinations")),
        sa.UniqueConstraint("address", name=op.f("uq_destinations_address")),
    )
    op.create_index(
        "ix_destinations_every_cursor", "destinations", ["every", "cursor"], unique=False
    )
    op.create_index(op.f("ix_destinations_guild_id"), "destinations", ["guild_id"], unique=False)
    op.create_index("ix_destinations_next_due", "destinations", ["next_due"], unique=False)
    op.create_table(
        "digests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("key", name=op.f("uq_digests_key")),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("key", name=op.f("uq_topics_key")),
    )
    op.create_table(
        "article_topics",
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("written", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_topics_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_article_topics_topic_id")
        ),
        sa.PrimaryKeyConstraint("topic_id", "article_id", name=op.f("pk_article_topics")),
    )
    op.create_index(
        op.f("ix_article_topics_article_id"), "article_topics", ["article_id"], unique=False
    )
    op.create_table(
        "digest_articles",
        sa.Column(
            "digest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_digest_articles_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.id"], name=op.f("fk_digest_articles_digest_id")
        ),
        sa.PrimaryKeyConstraint("digest_id", "article_id", name=op.f("pk_digest_articles")),
    )
    op.create_index(
        op.f("ix_digest_articles_article_id"), "digest_articles", ["article_id"], unique=False
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "destination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "digest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("occasion", sa.String(length=10), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(occasion = 'scheduled') = (slot IS NOT NULL)", name=op.f("ck_editions_slot")
        ),
        sa.CheckConstraint(
            "occasion IN ('scheduled', 'first', 'forced')", name=op.f("ck_editions_occasion")
        ),
        sa.CheckConstraint("since <= until", name=op.f("ck_editions_window")),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_editions_destination_id")
        ),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_editions_digest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint(
            "destination_id", "number", name=op.f("uq_editions_destination_id_number")
        ),
        sa.UniqueConstraint("destination_id", "slot", name=op.f("uq_editions_destination_id_slot")),
    )
    op.create_table(
        "files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(article_id IS NOT NULL) = (status IN ('published', 'duplicate'))",
            name=op.f("ck_files_article"),
        ),
        sa.CheckConstraint(
            "(due_at IS NOT NULL) = (status = 'scheduled')", name=op.f("ck_files_due")
        ),
        sa.CheckConstraint(
            "status IN ('published', 'scheduled', 'unpublished', 'duplicate', 'broken')",
            name=op.f("ck_files_status"),
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_files_article_id")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_article_id"), "files", ["article_id"], unique=False)
    op.create_index("ix_files_due_at", "files", ["due_at"], unique=False)
    op.create_table(
        "subscriptions",
        sa.Column(
            "destination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_subscriptions_destination_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_subscriptions_topic_id")
        ),
        sa.PrimaryKeyConstraint("destination_id", "topic_id", name=op.f("pk_subscriptions")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "destination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_doubt_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL)", name=op.f("ck_deliveries_lease")
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (message_id IS NOT NULL)", name=op.f("ck_deliveries_receipt")
        ),
        sa.CheckConstraint(
            "(state IN ('sent', 'dead')) = (settled_at IS NOT NULL)",
            name=op.f("ck_deliveries_settled"),
        ),
        sa.CheckConstraint(
            "state <> 'sending' OR in_doubt_since IS NOT NULL", name=op.f("ck_deliveries_in_doubt")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'held', 'dead')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('held', 'dead') OR reason IS NOT NULL", name=op.f("ck_deliveries_reason")
        ),
        sa.CheckConstraint(
            "(message_id IS NULL) = (channel_id IS NULL)",
            name=op.f("ck_deliveries_receipt_channel"),
        ),
        sa.CheckConstraint("length(nonce) = 24", name=op.f("ck_deliveries_nonce")),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_deliveries_destination_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_deliveries_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("edition_id", "part", name=op.f("uq_deliveries_edition_id_part")),
        sa.UniqueConstraint("nonce", name=op.f("uq_deliveries_nonce")),
    )
    op.create_index(
        "ix_deliveries_destination_id_state",
        "deliveries",
        ["destination_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_deliveries_state_not_before", "deliveries", ["state", "not_before"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_state_not_before", table_name="deliveries")
    op.drop_index("ix_deliveries_destination_id_state", table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_table("subscriptions")
    op.drop_index("ix_files_due_at", table_name="files")
    op.drop_index(op.f("ix_files_article_id"), table_name="files")
    op.drop_table("files")
    op.drop_table("editions")
    op.drop_index(op.f("ix_digest_articles_article_id"), table_name="digest_articles")
    op.drop_table("digest_articles")
    op.drop_index(op.f("ix_article_topics_article_id"), table_name="article_topics")
    op.drop_table("article_topics")
    op.drop_table("topics")
    op.drop_table("digests")
    op.drop_index("ix_destinations_next_due", table_name="destinations")
    op.drop_index(op.f("ix_destinations_guild_id"), table_name="destinations")
    op.drop_index("ix_destinations_every_cursor", table_name="destinations")
    op.drop_table("destinations")
    op.drop_table("counters")
    op.drop_table("articles")
