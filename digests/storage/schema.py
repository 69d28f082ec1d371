"""The tables. What must not be, the database refuses.

Texts of articles are kept for published ones only: a withdrawn article keeps its row (its number
is never used again) but not its words, and an unpublished one has no row at all.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from digests.model import Cadence, Hold, Kind, Look, Occasion, State
from digests.storage.columns import NAMES, Id, UtcDateTime, one_of
from digests.stories import Mark

metadata = MetaData(naming_convention=NAMES)


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
    # The mark of what its cards said when it was withdrawn; see digests/visible.py.
    Column("said", Text),
    # No digest up to this id can hold it.
    Column("digests_before", BigInteger, nullable=False, default=0),
    CheckConstraint("(withdrawn_at IS NULL) = (body IS NOT NULL)", name="words_only_if_published"),
    CheckConstraint("said IS NULL OR withdrawn_at IS NOT NULL", name="said"),
    Index("ix_articles_published_at_sequence", "published_at", "sequence"),
    # To count what is published, it is quicker to count what is not.
    Index(
        "ix_articles_withdrawn_at",
        "withdrawn_at",
        sqlite_where=text("withdrawn_at IS NOT NULL"),
        postgresql_where=text("withdrawn_at IS NOT NULL"),
    ),
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
    # Nearly all files have none.
    Index(
        "ix_files_due_at",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    # How many articles following it brings, in all and of the last four weeks.
    Column("articles", Integer, nullable=False, default=0),
    Column("recent", Integer, nullable=False, default=0),
    # What a topic file says of it; a topic without one has no official name.
    Column("official", Text),
    Column("shortname", Text),
    Column("short_key", Text, index=True),
    Column("parent_id", ForeignKey("topics.id")),
    Column("keywords", JSON(none_as_null=True)),
    CheckConstraint("(shortname IS NULL) = (short_key IS NULL)", name="shortname"),
    CheckConstraint(
        "official IS NOT NULL OR (shortname IS NULL AND parent_id IS NULL AND keywords IS NULL)",
        name="file",
    ),
)

topic_spellings = Table(
    "topic_spellings",
    metadata,
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("written", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
)

article_topics = Table(
    "article_topics",
    metadata,
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, index=True),
    # As the article writes it; NULL where only a topic below it is written there.
    Column("written", Text),
)

destinations = Table(
    "destinations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("address", BigInteger, nullable=False),
    Column("guild_id", BigInteger, index=True),
    Column("dm_channel_id", BigInteger),
    Column("news", Boolean),
    Column("cursor", BigInteger, nullable=False),
    Column("every", String(10), nullable=False),
    Column("at_minute", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("day", Integer, nullable=False),
    # Further wishes and the filters, as JSON with its keys sorted: equal ones are equal texts.
    Column("rhythm", Text),
    Column("at_least", Integer, nullable=False, default=1),
    Column("at_most", Integer, nullable=False, default=10),
    Column("filters", Text),
    Column("filtered_from", BigInteger, nullable=False, default=0),
    Column("look", String(8), nullable=False, default=Look.CARDS.value),
    Column("colour", Integer),
    Column("role", BigInteger),
    Column("silent", Boolean, nullable=False, default=False),
    Column("language", String(8)),
    Column("next_due", UtcDateTime),
    Column("editions", Integer, nullable=False, default=0),
    Column("held", Text),
    Column("held_cause", String(8)),
    Column("held_since", UtcDateTime),
    Column("held_told_at", UtcDateTime),
    Column("probe_at", UtcDateTime),
    Column("set_up_by", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("address"),
    CheckConstraint(one_of("kind", Kind), name="kind"),
    CheckConstraint(one_of("every", Cadence), name="every"),
    CheckConstraint("at_minute BETWEEN 0 AND 1439", name="at_minute"),
    CheckConstraint("day BETWEEN 0 AND 6", name="day"),
    CheckConstraint("at_least >= 1 AND at_most BETWEEN 1 AND 50", name="limits"),
    CheckConstraint("(kind = 'dm') = (guild_id IS NULL)", name="guild"),
    CheckConstraint(one_of("look", Look), name="look"),
    CheckConstraint("colour BETWEEN 0 AND 16777215", name="colour"),
    CheckConstraint("role IS NULL OR kind <> 'dm'", name="role"),
    CheckConstraint(one_of("held_cause", Hold), name="held_cause"),
    CheckConstraint(
        "(held IS NULL) = (held_cause IS NULL) AND (held IS NULL) = (held_since IS NULL)",
        name="held",
    ),
    CheckConstraint(
        "held IS NOT NULL OR (held_told_at IS NULL AND probe_at IS NULL)", name="not_held"
    ),
    Index("ix_destinations_probe_at", "probe_at"),
    Index("ix_destinations_held_since", "held_since"),
    Index(
        "ix_destinations_unknown_kind",
        "id",
        sqlite_where=text("news IS NULL AND kind = 'channel'"),
        postgresql_where=text("news IS NULL AND kind = 'channel'"),
    ),
    Index("ix_destinations_next_due", "next_due"),
    # Only those that wait for news, so that nobody else's planning has to keep it.
    Index(
        "ix_destinations_instantly",
        "next_due",
        "cursor",
        sqlite_where=text("every = 'instantly'"),
        postgresql_where=text("every = 'instantly'"),
    ),
    Index("ix_destinations_set_up_by", "set_up_by"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("destination_id", ForeignKey("destinations.id"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

digests = Table(
    "digests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("parts", JSON, nullable=False),
    Column("rest", JSON, nullable=False),
    Column("folded", JSON, nullable=False, default=list),
    Column("updates", JSON, nullable=False, default=list),
    Column("drawn_as", String(8), nullable=False, default=Look.CARDS.value),
    CheckConstraint(one_of("drawn_as", Look), name="drawn_as"),
)

# A story is named after its first article; an article that is its own story has no row.
stories = Table(
    "stories",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story", ForeignKey("articles.id"), nullable=False, index=True),
)

# By what articles of the last days are found to tell the same story; see digests/stories.py.
story_traces = Table(
    "story_traces",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(5), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("published_at", UtcDateTime, nullable=False),
    CheckConstraint(one_of("kind", Mark), name="kind"),
    Index("ix_story_traces_published_at", "published_at"),
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
    # Who got a digest, when one of its articles is corrected.
    Index("ix_editions_digest_id", "digest_id"),
    CheckConstraint(one_of("occasion", Occasion), name="occasion"),
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
    # Up to which change of an article it is drawn (the counter 'changes').
    Column("seen", BigInteger, nullable=False, default=0),
    # The colour its destination had chosen when it was posted.
    Column("colour", Integer),
    # The look it is drawn in, where that is not its digest's.
    Column("look", String(8)),
    Column("reason", Text),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("edition_id", "part"),
    CheckConstraint(one_of("state", State), name="state"),
    CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", name="lease"),
    CheckConstraint("(state = 'sent') = (channel_id IS NOT NULL)", name="receipt"),
    CheckConstraint("message_id IS NULL OR state = 'sent'", name="receipt_message"),
    CheckConstraint("state NOT IN ('held', 'dead') OR reason IS NOT NULL", name="reason"),
    CheckConstraint("(state IN ('sent', 'dead')) = (settled_at IS NOT NULL)", name="settled"),
    CheckConstraint("state <> 'sending' OR in_doubt_since IS NOT NULL", name="in_doubt"),
    CheckConstraint("length(nonce) = 24", name="nonce"),
    CheckConstraint(one_of("look", Look), name="look"),
    Index("ix_deliveries_state_not_before_id", "state", "not_before", "id"),
    Index("ix_deliveries_destination_id_state", "destination_id", "state"),
)

# Articles whose cards say something else now, until all messages that show them are found.
revisions = Table(
    "revisions",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    # What the cards said before (NULL: not known), and whether they said that it was withdrawn.
    Column("was", Text),
    Column("gone", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # Changes are counted: the first and the last that this is about; see deliveries.seen.
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    # How far the search is: digests below this one are done, of it the editions up to this one.
    Column("digest_id", BigInteger, nullable=False),
    Column("edition_id", BigInteger, nullable=False, default=0),
)

# Articles of a message that changed since it was posted: what was said of them at first (NULL: not
# known), and since when their cards bear the note that they were corrected.
corrections = Table(
    "corrections",
    metadata,
    Column(
        "delivery_id",
        ForeignKey("deliveries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("was", Text),
    Column("corrected_at", UtcDateTime),
)

# Articles that were withdrawn before a message was made, and so are not in it.
omissions = Table(
    "omissions",
    metadata,
    Column(
        "delivery_id",
        ForeignKey("deliveries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
)

# Messages that do not show what their articles say now; a row goes when its message does.
edits = Table(
    "edits",
    metadata,
    Column(
        "delivery_id",
        ForeignKey("deliveries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("destination_id", ForeignKey("destinations.id"), nullable=False, index=True),
    # Counts what became of its articles: who edited for an earlier one is not done.
    Column("number", Integer, nullable=False, default=1),
    # Whether the name of the forum post may have to change as well.
    Column("rename", Boolean, nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime, nullable=False, index=True),
    Column("lease_until", UtcDateTime),
)

saved = Table(
    "saved",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Index("ix_saved_person_saved_at", "person", "saved_at"),
)

paces = Table(
    "paces",
    metadata,
    # What is paced; ``taken_until`` is Unix seconds, by the database's own clock.
    Column("name", String(40), primary_key=True),
    Column("taken_until", Double, nullable=False),
)

processes = Table(
    "processes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("stopped_until", UtcDateTime),
    Column("stopped_because", Text),
    CheckConstraint("(stopped_until IS NULL) = (stopped_because IS NULL)", name="stopped"),
)
