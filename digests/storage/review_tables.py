"""The tables of reviews and drafts: a channel's next edition, shown to its editors first.

The message that shows a draft is posted like a delivery: its nonce is drawn with the draft, it is
claimed with a lease, and what became of it is written down.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from digests.editing import LIVE, MINUTES, Act, DraftState
from digests.storage.columns import Id, UtcDateTime, one_of
from digests.storage.schema import metadata

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""A time to look that has come, whatever the time is."""

_LIVE = f"state IN ({', '.join(repr(state.value) for state in LIVE)})"
_BEHIND = "shown < version AND given_up IS NULL"

reviews = Table(
    "reviews",
    metadata,
    Column("destination_id", ForeignKey("destinations.id"), primary_key=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("set_by", BigInteger, nullable=False),
    Column("ends", Boolean, nullable=False, default=False),
    # When to look whether there is something to do; never later than there is.
    Column("look_at", UtcDateTime, nullable=False, index=True),
    Column("trouble", Text),
    Column("trouble_since", UtcDateTime),
    Column("trouble_told_at", UtcDateTime),
    CheckConstraint(f"minutes BETWEEN {MINUTES[0]} AND {MINUTES[-1]}", name="minutes"),
    CheckConstraint("(trouble IS NULL) = (trouble_since IS NULL)", name="trouble"),
    CheckConstraint("trouble_told_at IS NULL OR trouble IS NOT NULL", name="told"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("destination_id", ForeignKey("destinations.id"), nullable=False, index=True),
    Column("digest_id", ForeignKey("digests.id"), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("slot", UtcDateTime, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Column("edition", Integer),
    Column("ended_at", UtcDateTime),
    # Its message: where it is, which version it shows (-1: it is not there), and how it goes.
    Column("channel_id", BigInteger, nullable=False),
    Column("nonce", String(24), nullable=False, unique=True),
    Column("shown", Integer, nullable=False, default=-1),
    Column("message_id", BigInteger),
    Column("attempt", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("in_doubt_since", UtcDateTime),
    Column("given_up", Text),
    CheckConstraint(one_of("state", DraftState), name="state"),
    CheckConstraint("since <= until", name="window"),
    CheckConstraint(f"({_LIVE}) = (ended_at IS NULL)", name="ended"),
    CheckConstraint("(state = 'sent') = (edition IS NOT NULL)", name="edition"),
    CheckConstraint("shown BETWEEN -1 AND version", name="shown"),
    CheckConstraint("shown = -1 OR message_id IS NOT NULL", name="message"),
    CheckConstraint("length(nonce) = 24", name="nonce"),
    # A destination has one live draft at most.
    Index(
        "ix_drafts_live",
        "destination_id",
        unique=True,
        sqlite_where=text(_LIVE),
        postgresql_where=text(_LIVE),
    ),
    Index(
        "ix_drafts_behind", "not_before", sqlite_where=text(_BEHIND), postgresql_where=text(_BEHIND)
    ),
)

draft_acts = Table(
    "draft_acts",
    metadata,
    Column("draft_id", ForeignKey("drafts.id"), primary_key=True),
    # The version of the draft that the act made: two cannot make the same.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("act", String(8), nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("article_id", ForeignKey("articles.id"), index=True),
    CheckConstraint(one_of("act", Act), name="act"),
    CheckConstraint(
        "(article_id IS NOT NULL) = (act IN ('dropped', 'kept', 'pinned'))", name="article"
    ),
)
