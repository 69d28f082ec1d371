"""What a reader asks: find, keep, open an edition, see and delete their data; answers out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from digests.model import Address, Destination, Kind, Published, Topic
from digests.storage import Connection, Database, destinations, library, readers, search
from digests.storage.readers import Issue, Kept, Standing, Traces
from digests.stories import cards

PAGE = 5
"""Cards on a page that a person turns."""

LINES = 10
"""Saved articles on a page: they are lines, not cards."""

MOST_SAVED = 500
"""How many articles one person can keep."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found; ``total`` is the number on all pages."""

    words: tuple[str, ...]
    articles: tuple[Published, ...]
    skip: int
    total: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of what a person saved; ``total`` is the number on all pages."""

    kept: tuple[Kept, ...]
    skip: int
    total: int


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """How many articles are newly saved, and how many are now; ``full`` if more did not fit."""

    added: int
    total: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """An edition as one reader would have it: what of it is on their topics.

    ``follows`` is False if the reader follows nothing; ``topics`` are then those of the edition.
    ``own`` says that the edition was made for this reader.
    """

    follows: bool
    articles: tuple[Published, ...]
    whole: int
    topics: tuple[Topic, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition and its cards, as they would be drawn now; what was withdrawn is left out."""

    issue: Issue
    shown: tuple[Published, ...]
    rest: tuple[Published, ...]

    @property
    def articles(self) -> tuple[Published, ...]:
        """All cards, those behind '+N more' last."""
        return self.shown + self.rest


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a button under a message knows: the delivery, and how its nonce ends."""

    delivery_id: int
    nonce_part: str


class Reading:
    """A reader's door to the domain; ``person`` is always who asks, never who is asked about."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, typed: str, skip: int = 0, most: int = PAGE) -> Found:
        """Published articles with all the words that were typed, the best first."""
        wanted = search.words(typed)
        async with self._database.read() as connection:
            found, total = await search.search(connection, wanted, skip, most)
        return Found(wanted, tuple(found), skip, total)

    async def published(self, ids: Collection[int]) -> list[Published]:
        """Those of these articles that are published now, in the order given."""
        async with self._database.read() as connection:
            there = await library.published(connection, ids)
        return [there[id_] for id_ in dict.fromkeys(ids) if id_ in there]

    async def newest(self, most: int) -> list[Published]:
        """The published articles that came last."""
        async with self._database.read() as connection:
            ids = await readers.newest(connection, most)
            there = await library.published(connection, ids)
        return [there[id_] for id_ in ids if id_ in there]

    async def at_link(self, link: str) -> list[Published]:
        """The published article at this address, if there is one."""
        async with self._database.read() as connection:
            known = await library.known_articles(connection, [link])
            there = await library.published(connection, [one.id for one in known.values()])
        return list(there.values())

    # ── saved articles ───────────────────────────────────────────────────────────────────────

    async def save(self, person: int, ids: Collection[int], now: datetime) -> SaveAnswer:
        """Keep articles for a person; those that are not published are left out."""
        async with self._database.write() as connection:
            before = await readers.count_saved(connection, person)
            wanted = list(dict.fromkeys(ids))
            kept = await readers.saved_among(connection, person, wanted)
            new = [id_ for id_ in wanted if id_ not in kept]
            fits = new[: max(0, MOST_SAVED - before)]
            added = await readers.save(connection, person, fits, now)
        return SaveAnswer(added, before + added, full=len(fits) < len(new))

    async def unsave(self, person: int, ids: Collection[int]) -> int:
        """Keep articles no longer; how many were kept."""
        async with self._database.write() as connection:
            return await readers.unsave(connection, person, ids)

    async def saved_among(self, person: int, ids: Collection[int]) -> set[int]:
        """Those of these articles that a person keeps."""
        async with self._database.read() as connection:
            return await readers.saved_among(connection, person, ids)

    async def shelf(self, person: int, skip: int = 0, most: int = LINES) -> Shelf:
        """A page of what a person keeps, the last saved first."""
        async with self._database.read() as connection:
            total = await readers.count_saved(connection, person)
            if skip >= total:  # what stood on the last page is gone
                skip = max(0, (total - 1) // most * most)
            kept = await readers.saved_page(connection, person, skip, most)
        return Shelf(tuple(kept), skip, total)

    # ── the edition behind a button ──────────────────────────────────────────────────────────

    async def open(self, ticket: Ticket) -> Opened | None:
        """The edition a button belongs to; None if it is forged."""
        async with self._database.read() as connection:
            return await _opened(connection, ticket)

    async def mine(self, ticket: Ticket, person: int) -> Mine | None:
        """The edition behind a button as one person would have it; None if forged."""
        async with self._database.read() as connection:
            opened = await _opened(connection, ticket)
            if opened is None:
                return None
            found, address = opened.articles, Address(Kind.DM, person)
            own = opened.issue.destination.address == address
            reader = await destinations.find(connection, address)
            followed = await destinations.topics_of(connection, reader.id) if reader else []
            on = await readers.topics_on(connection, [one.id for one in found])
            if not followed:
                here = {topic for topics in on.values() for topic in topics}
                there_are = await library.list_topics(connection)
                offered = tuple(one for one in there_are if one.id in here)
                return Mine(False, articles=(), whole=len(found), topics=offered, own=own)
        ids = {one.id for one in followed}
        chosen = tuple(one for one in found if on[one.id] & ids)
        return Mine(True, articles=chosen, whole=len(found), topics=tuple(followed), own=own)

    # ── a person's own data ──────────────────────────────────────────────────────────────────

    async def standing(self, address: Address) -> tuple[Destination, list[Topic], Standing] | None:
        """How a destination stands, and what it follows; None if there is no such destination."""
        async with self._database.read() as connection:
            destination = await destinations.find(connection, address)
            if destination is None:
                return None
            topics = await destinations.topics_of(connection, destination.id)
            return destination, topics, await readers.standing(connection, destination.id)

    async def held_near(self, person: int, guild_id: int | None) -> list[Destination]:
        """Held destinations that a person should hear of: their own, and theirs in this server."""
        async with self._database.read() as connection:
            return await readers.held_near(connection, person, guild_id)

    async def traces(self, person: int) -> Traces:
        """What is stored that has to do with a person."""
        async with self._database.read() as connection:
            return await readers.traces(connection, person)

    async def forget(self, person: int) -> None:
        """Delete everything that is stored about a person."""
        async with self._database.write() as connection:
            await readers.forget(connection, person)


async def _opened(connection: Connection, ticket: Ticket) -> Opened | None:
    issue = await readers.issue_of(connection, ticket.delivery_id, ticket.nonce_part)
    if issue is None:
        return None
    digest = issue.digest
    there = await library.published(connection, digest.articles)
    shown = [id_ for part in digest.parts for id_ in part]
    drawn = [tuple(cards(ids, digest, there).values()) for ids in (shown, digest.rest)]
    return Opened(issue, shown=drawn[0], rest=drawn[1])
