"""The words of the domain as plain values, shared by every step.

All times are aware datetimes in UTC; all values are frozen, so that a step can only answer with
new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import NamedTuple

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
    """A published article in the catalog.

    ``update`` marks one that goes on with a story the reader has been told.
    """

    id: int
    sequence: int
    announced: bool
    article: Article
    update: bool = False


# ── topics, destinations, subscriptions ──────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Topic:
    """A label of articles; ``name`` as its topic file or else most articles write it.

    ``articles`` is how many following it brings, ``recent`` how many of them are from the last
    four weeks. ``shortname`` and ``keywords`` are other words to find it by.
    """

    id: int
    name: str
    articles: int = 0
    recent: int = 0
    shortname: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def weekly(self) -> float:
        """How many articles a week it brought lately, on average."""
        return self.recent / 4


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


EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of a pause that somebody has to end."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a destination wants its digest: local time ``at`` in the IANA zone ``zone``.

    ``day`` is the weekday of a weekly digest, Monday is 0; ``days``, where there are any, take
    its place, and limit every other cadence to these weekdays. ``also_at`` are further times of
    the same days. An hourly digest uses the minute of ``at``; ``instantly`` uses no time.

    Nothing comes in the ``quiet`` hours (local, from the first to the second) nor before
    ``paused_until``: what falls due in them waits. A digest of fewer than ``at_least`` articles is
    not made, they carry over; it shows ``at_most`` and keeps the rest behind a button.
    """

    every: Cadence = Cadence.DAILY
    at: time = time(9, 0)
    zone: str = "UTC"
    day: int = 0
    also_at: tuple[time, ...] = ()
    days: frozenset[int] = frozenset()
    quiet: tuple[time, time] | None = None
    paused_until: datetime | None = None
    at_least: int = 1
    at_most: int = 10

    @property
    def weekdays(self) -> frozenset[int]:
        """The days on which digests may come."""
        if self.days:
            return self.days
        return frozenset({self.day}) if self.every is Cadence.WEEKLY else EVERY_DAY

    @property
    def times(self) -> tuple[time, ...]:
        """The times of day at which digests come, the earliest first."""
        return tuple(sorted({self.at, *self.also_at}))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a destination wants of the topics it follows; the default wants everything.

    An article without a measured quality or heat does not reach a minimum. Names of providers,
    words, categories and types are compared without case; an empty set asks for nothing.
    """

    min_quality: int | None = None
    min_heat: int | None = None
    only_providers: frozenset[str] = frozenset()
    without_providers: frozenset[str] = frozenset()
    only_words: frozenset[str] = frozenset()
    without_words: frozenset[str] = frozenset()
    only_categories: frozenset[str] = frozenset()
    only_types: frozenset[str] = frozenset()


class Look(StrEnum):
    """How a digest is drawn: an embed each, a line each, or one large and the rest lines."""

    CARDS = "cards"
    COMPACT = "compact"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a destination's messages are like; the default is what nobody has to ask for.

    ``colour`` is 0xRRGGBB for all of them, None for that of each article's topic. ``role`` is
    the id of the only role that an edition may ping; ``silent`` messages notify nobody.
    """

    look: Look = Look.CARDS
    colour: int | None = None
    role: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Destination:
    """Where digests go, and how far it has been told.

    ``cursor`` is the highest sequence the destination has been told of; ``next_due`` is None when
    it follows nothing or wants its articles instantly, and is not in quiet hours nor paused.
    ``held`` says why nothing can be sent. ``filters`` hold since the sequence ``filtered_from``.
    ``news``: it is an announcement channel; None where that is not known. ``language`` is the
    locale (``de``, ``pt-BR``) of who reads its digests; None where nobody said.
    """

    id: int
    address: Address
    schedule: Schedule
    cursor: int
    next_due: datetime | None = None
    dm_channel_id: int | None = None
    held: str | None = None
    filters: Filters = Filters()
    filtered_from: int = 0
    news: bool | None = None
    appearance: Appearance = Appearance()
    language: str | None = None


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
    story: int | None = None


class Digest(NamedTuple):
    """The articles chosen, by id: ``parts`` a tuple for each message, ``rest`` what did not fit.

    ``folded`` gives for articles of ``parts`` and ``rest`` those that tell the same story and go
    with them as related links; ``updates`` are articles whose story was told before, and grew.
    ``look`` is the one that ``parts`` were measured for: it stays, whatever is chosen later.
    """

    parts: tuple[tuple[int, ...], ...]
    rest: tuple[int, ...] = ()
    folded: tuple[tuple[int, tuple[int, ...]], ...] = ()
    updates: tuple[int, ...] = ()
    look: Look = Look.CARDS

    @property
    def shown(self) -> int:
        """How many articles the messages hold."""
        return sum(map(len, self.parts))

    @property
    def articles(self) -> frozenset[int]:
        """Every article that the digest holds, however it is reached."""
        together = [*self.parts, self.rest, *(others for _, others in self.folded)]
        return frozenset(id_ for ids in together for id_ in ids)


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


class Hold(StrEnum):
    """Why a destination is held: a permission, a doubt that cannot be cleared up, or no place."""

    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    GONE = "gone"


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
    of the whole edition, ``more`` those that did not fit. ``thread_id`` is the forum post that
    earlier parts of the edition are in; ``earlier`` are the articles of these parts. ``look`` is
    the digest's, or a plainer one where that was blocked. ``shrunk``: some articles were
    withdrawn since an attempt that may have posted it.
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
    thread_id: int | None = None
    look: Look = Look.CARDS
    earlier: tuple[tuple[Published, ...], ...] = ()
    shrunk: bool = False
