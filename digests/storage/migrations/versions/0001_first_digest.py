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
    op.create_index(
        "ix_articles_published_at_sequence", "articles", ["published_at", "sequence"], unique=False
    )
    op.create_index(
        "ix_articles_withdrawn_at",
        "articles",
        ["withdrawn_at"],
        unique=False,
        sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
        postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
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
        sa.Column("news", sa.Boolean(), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("every", sa.String(length=10), nullable=False),
        sa.Column("at_minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=True),
        sa.Column("filtered_from", sa.BigInteger(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("editions", sa.Integer(), nullable=False),
        sa.Column("held", sa.Text(), nullable=True),
        sa.Column("held_cause", sa.String(length=8), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("probe_at", sa.DateTime(timezone=True), nullable=True),
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
            "held_cause IN ('refused', 'doubtful', 'gone')", name=op.f("ck_destinations_held_cause")
        ),
        sa.CheckConstraint(
            "kind IN ('dm', 'channel', 'thread', 'forum')", name=op.f("ck_destinations_kind")
        ),
        sa.CheckConstraint(
            "(held IS NULL) = (held_cause IS NULL) AND (held IS NULL) = (held_since IS NULL)",
            name=op.f("ck_destinations_held"),
        ),
        sa.CheckConstraint(
            "at_least >= 1 AND at_most BETWEEN 1 AND 50", name=op.f("ck_destinations_limits")
        ),
        sa.CheckConstraint("at_minute BETWEEN 0 AND 1439", name=op.f("ck_destinations_at_minute")),
        sa.CheckConstraint("day BETWEEN 0 AND 6", name=op.f("ck_destinations_day")),
        sa.CheckConstraint(
            "held IS NOT NULL OR (held_told_at IS NULL AND probe_at IS NULL)",
            name=op.f("ck_destinations_not_held"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destinations")),
        sa.UniqueConstraint("address", name=op.f("uq_destinations_address")),
    )
    op.create_index(op.f("ix_destinations_guild_id"), "destinations", ["guild_id"], unique=False)
    op.create_index("ix_destinations_held_since", "destinations", ["held_since"], unique=False)
    op.create_index(
        "ix_destinations_instantly",
        "destinations",
        ["next_due", "cursor"],
        unique=False,
        sqlite_where=sa.text("every = 'instantly'"),
        postgresql_where=sa.text("every = 'instantly'"),
    )
    op.create_index("ix_destinations_next_due", "destinations", ["next_due"], unique=False)
    op.create_index("ix_destinations_probe_at", "destinations", ["probe_at"], unique=False)
    op.create_index("ix_destinations_set_up_by", "destinations", ["set_up_by"], unique=False)
    op.create_index(
        "ix_destinations_unknown_kind",
        "destinations",
        ["id"],
        unique=False,
        sqlite_where=sa.text("news IS NULL AND kind = 'channel'"),
        postgresql_where=sa.text("news IS NULL AND kind = 'channel'"),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.Column("folded", sa.JSON(), nullable=False),
        sa.Column("updates", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("key", name=op.f("uq_digests_key")),
    )
    op.create_table(
        "paces",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("taken_until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_paces")),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(stopped_until IS NULL) = (stopped_because IS NULL)", name=op.f("ck_processes_stopped")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("recent", sa.Integer(), nullable=False),
        sa.Column("official", sa.Text(), nullable=True),
        sa.Column("shortname", sa.Text(), nullable=True),
        sa.Column("short_key", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("keywords", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(shortname IS NULL) = (short_key IS NULL)", name=op.f("ck_topics_shortname")
        ),
        sa.CheckConstraint(
            "official IS NOT NULL OR (shortname IS NULL AND parent_id IS NULL AND keywords IS NULL)",
            name=op.f("ck_topics_file"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["topics.id"], name=op.f("fk_topics_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("key", name=op.f("uq_topics_key")),
    )
    op.create_index(op.f("ix_topics_short_key"), "topics", ["short_key"], unique=False)
    op.create_table(
        "article_topics",
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("written", sa.Text(), nullable=True),
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
    op.create_index(
        "ix_files_due_at",
        "files",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "saved",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_saved_article_id")),
        sa.PrimaryKeyConstraint("person", "article_id", name=op.f("pk_saved")),
    )
    op.create_index(op.f("ix_saved_article_id"), "saved", ["article_id"], unique=False)
    op.create_index("ix_saved_person_saved_at", "saved", ["person", "saved_at"], unique=False)
    op.create_table(
        "stories",
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_stories_article_id")
        ),
        sa.ForeignKeyConstraint(["story"], ["articles.id"], name=op.f("fk_stories_story")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_story"), "stories", ["story"], unique=False)
    op.create_table(
        "story_traces",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('own', 'named', 'title', 'part')", name=op.f("ck_story_traces_kind")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_story_traces_article_id")
        ),
        sa.PrimaryKeyConstraint("mark", "kind", "article_id", name=op.f("pk_story_traces")),
    )
    op.create_index(
        op.f("ix_story_traces_article_id"), "story_traces", ["article_id"], unique=False
    )
    op.create_index("ix_story_traces_published_at", "story_traces", ["published_at"], unique=False)
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
        "topic_spellings",
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_topic_spellings_topic_id")
        ),
        sa.PrimaryKeyConstraint("topic_id", "written", name=op.f("pk_topic_spellings")),
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
            "(state = 'sent') = (channel_id IS NOT NULL)", name=op.f("ck_deliveries_receipt")
        ),
        sa.CheckConstraint(
            "(state IN ('sent', 'dead')) = (settled_at IS NOT NULL)",
            name=op.f("ck_deliveries_settled"),
        ),
        sa.CheckConstraint(
            "message_id IS NULL OR state = 'sent'", name=op.f("ck_deliveries_receipt_message")
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
        "ix_deliveries_state_not_before_id",
        "deliveries",
        ["state", "not_before", "id"],
        unique=False,
    )
