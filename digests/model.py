"""The words of the domain as plain values, shared by every step.

All times are aware datetimes in UTC; all values are frozen, so that a step can only answer with
new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

# ── articles ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``url`` is absolute http(s). Sizes in pixels, None where the file gives none."""

    url: str
    width: int | None = None
    height: int | None = None
    title: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who published an article."""

    name: str
    domain: str = ""
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another article that the file names; ``link`` is absolute http(s)."""

    title: str
    link: str
    provider: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its file tells it: plain text everywhere, absolute links, UTC times.

    ``heat`` is None where the file has none or says -1 (not measured). ``topics`` are as written.
    """

    link: str
    title: str
    excerpt: str
    published_at: datetime
    updated_at: datetime | None = None
    category: str = ""
    type: str = ""
    quality: int | None = None
    heat: int | None = None
    provider: Provider | None = None
    topics: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    related: tuple[Related, ...] = ()
    other_links: tuple[str, ...] = ()  # ampWebUrl, cdnAmpWebUrl, originalUrl where they differ


class Severity(StrEnum):
    """An error keeps the article from being posted; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with one file. ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    found: str
    expected: str
    mend: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave.

    ``article`` is None where an error keeps it from being posted. ``public`` is False where the
    file says ``published: false`` or ``removed: true``; such an article never leaves.
    """

    article: Article | None
    public: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A published article in the catalog."""

    id: int
    sequence: int
    announced: bool
    article: Article


# ── topics, destinations, subscriptions ──────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Topic:
    """A label of articles; ``name`` as most often written, ``articles`` how many carry it."""

    id: int
    name: str
    articles: int = 0


class Kind(StrEnum):
    """What sort of place a destination is."""

    DM = "dm"
    CHANNEL = "channel"
    THREAD = "thread"
    FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a destination is: ``id`` is the person's for a DM, else the channel's."""

    kind: Kind
    id: int
    guild_id: int | None = None


class Cadence(StrEnum):
    """How often a destination wants its digest."""

    INSTANTLY = "instantly"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a destination wants its digest: local time ``at`` in the IANA zone ``zone``.

    ``day`` is the weekday of a weekly digest, Monday is 0. An hourly digest uses the minute of
    ``at``; ``instantly`` uses neither.
    """

    every: Cadence = Cadence.DAILY
    at: time = time(9, 0)
    zone: str = "UTC"
    day: int = 0


class Look(StrEnum):
    """How a digest is drawn: an embed each, a line each, or one large and the rest lines."""

    CARDS = "cards"
    COMPACT = "compact"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where digests go, and how far it has been told.

    ``cursor`` is the highest sequence the destination has been told of; ``next_due`` is None when
    it follows nothing or wants its articles instantly. ``held`` says why nothing can be sent.
    """

    id: int
    address: Address
    schedule: Schedule
    cursor: int
    next_due: datetime | None = None
    dm_channel_id: int | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A destination follows a topic, told only of sequences above ``since``."""

    destination_id: int
    topic_id: int
    since: int


# ── digests, editions, deliveries ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Candidate:
    """What choosing and ranking need to know of an article that might go into a digest."""

    id: int
    sequence: int
    topics: frozenset[int]
    published_at: datetime
    quality: int | None = None
    heat: int | None = None
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """The articles chosen, by id: ``parts`` a tuple for each message, ``rest`` what did not fit."""

    parts: tuple[tuple[int, ...], ...]
    rest: tuple[int, ...] = ()

    @property
    def shown(self) -> int:
        """How many articles the messages hold."""
        return sum(map(len, self.parts))


class Occasion(StrEnum):
    """Why an edition was made."""

    SCHEDULED = "scheduled"
    FIRST = "first"
    FORCED = "forced"


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest made for one destination; covers the sequences ``since < n <= until``."""

    destination_id: int
    occasion: Occasion
    digest: Digest
    since: int
    until: int
    slot: datetime | None = None


class State(StrEnum):
    """Where a delivery stands: waiting → sending → sent, or held, or dead."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message of an edition, claimed for sending; ``part`` counts from 0.

    ``in_doubt_since`` is when the first attempt began that may have posted it: ``claimed_at``
    itself unless an earlier attempt was left without an answer. ``shown`` counts the articles
    of the whole edition, ``more`` those that did not fit.
    """

    id: int
    nonce: str
    attempt: int
    claimed_at: datetime
    in_doubt_since: datetime
    destination: Destination
    edition_id: int
    number: int
    occasion: Occasion
    part: int
    parts: int
    articles: tuple[Published, ...]
    shown: int
    more: int = 0


# ── outcomes of sending, as values ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sent:
    """Posted: the receipt."""

    message_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Certainly not posted; may work after ``seconds``."""

    reason: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have been posted: the answer was lost."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not posted, and not before somebody acts: a permission, an open DM, a channel."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Not posted, and never will be: the message itself is at fault."""

    reason: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """The token no longer works: nothing can be sent by anyone."""

    reason: str


Outcome = Sent | RetryLater | Unknown | Refused | Rejected | Revoked
