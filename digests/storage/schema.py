"""The tables. What must not be, the database refuses.

Texts of articles are kept for published ones only: a withdrawn article keeps its row (its number
is never used again) but not its words, and an unpublished one has no row at all.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from digests.model import Cadence, Kind, Occasion, State


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, also on SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the base class calls it by name
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _one_of(column: str, words: type[Cadence] | type[Kind] | type[Occasion] | type[State]) -> str:
    return f"{column} IN ({', '.join(repr(word.value) for word in words)})"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers its rows only in a column that is exactly INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

counters = Table(
    "counters",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("link", Text, nullable=False, unique=True),
    Column("sequence", BigInteger, nullable=False, unique=True),
    Column("announced", Boolean, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("quality", Integer),
    Column("heat", Integer),
    Column("provider", Text, nullable=False, default=""),
    Column("body", JSON(none_as_null=True)),
    Column("withdrawn_at", UtcDateTime),
    CheckConstraint("(withdrawn_at IS NULL) = (body IS NOT NULL)", name="words_only_if_published"),
)

files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("hash", String(32), nullable=False),
    Column("status", String(12), nullable=False),
    Column("article_id", ForeignKey("articles.id"), index=True),
    Column("due_at", UtcDateTime),
    CheckConstraint(
        "status IN ('published', 'scheduled', 'unpublished', 'duplicate', 'broken')", name="status"
    ),
    CheckConstraint(
        "(article_id IS NOT NULL) = (status IN ('published', 'duplicate'))", name="article"
    ),
    CheckConstraint("(due_at IS NOT NULL) = (status = 'scheduled')", name="due"),
    Index("ix_files_due_at", "due_at"),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("articles", Integer, nullable=False, default=0),
)

article_topics = Table(
    "article_topics",
    metadata,
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("written", Text, nullable=False),
)

destinations = Table(
    "destinations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("address", BigInteger, nullable=False),
    Column("guild_id", BigInteger, index=True),
    Column("dm_channel_id", BigInteger),
    Column("cursor", BigInteger, nullable=False),
    Column("every", String(10), nullable=False),
    Column("at_minute", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("day", Integer, nullable=False),
    Column("next_due", UtcDateTime),
    Column("editions", Integer, nullable=False, default=0),
    Column("held", Text),
    Column("set_up_by", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("address"),
    CheckConstraint(_one_of("kind", Kind), name="kind"),
    CheckConstraint(_one_of("every", Cadence), name="every"),
    CheckConstraint("at_minute BETWEEN 0 AND 1439", name="at_minute"),
    CheckConstraint("day BETWEEN 0 AND 6", name="day"),
    CheckConstraint("(kind = 'dm') = (guild_id IS NULL)", name="guild"),
    Index("ix_destinations_next_due", "next_due"),
    Index("ix_destinations_every_cursor", "every", "cursor"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("destination_id", ForeignKey("destinations.id"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("parts", JSON, nullable=False),
    Column("rest", JSON, nullable=False),
)

digest_articles = Table(
    "digest_articles",
    metadata,
    Column("digest_id", ForeignKey("digests.id"), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, index=True),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("destination_id", ForeignKey("destinations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest_id", ForeignKey("digests.id"), nullable=False),
    Column("occasion", String(10), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("slot", UtcDateTime),
    Column("planned_at", UtcDateTime, nullable=False),
    UniqueConstraint("destination_id", "number"),
    UniqueConstraint("destination_id", "slot"),
    CheckConstraint(_one_of("occasion", Occasion), name="occasion"),
    CheckConstraint("(occasion = 'scheduled') = (slot IS NOT NULL)", name="slot"),
    CheckConstraint("since <= until", name="window"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("destination_id", ForeignKey("destinations.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("nonce", String(24), nullable=False, unique=True),
    Column("state", String(8), nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime, nullable=False),
    Column("in_doubt_since", UtcDateTime),
    Column("lease_until", UtcDateTime),
    Column("message_id", BigInteger),
    Column("channel_id", BigInteger),
    Column("reason", Text),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("edition_id", "part"),
    CheckConstraint(_one_of("state", State), name="state"),
    CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", name="lease"),
    CheckConstraint("(state = 'sent') = (message_id IS NOT NULL)", name="receipt"),
    CheckConstraint("(message_id IS NULL) = (channel_id IS NULL)", name="receipt_channel"),
    CheckConstraint("state NOT IN ('held', 'dead') OR reason IS NOT NULL", name="reason"),
    CheckConstraint("(state IN ('sent', 'dead')) = (settled_at IS NOT NULL)", name="settled"),
    CheckConstraint("state <> 'sending' OR in_doubt_since IS NOT NULL", name="in_doubt"),
    CheckConstraint("length(nonce) = 24", name="nonce"),
    Index("ix_deliveries_state_not_before", "state", "not_before"),
    Index("ix_deliveries_destination_id_state", "destination_id", "state"),
)
