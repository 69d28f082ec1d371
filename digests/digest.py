"""Step 3, plan: destinations that are due and the catalog in, decisions and editions out.

The choice itself is made in pure functions; those that take a connection only fetch what they
need. Destinations with the same interest (topics, filters, cursor, cap) and look share one digest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from digests import filters
from digests.model import (
    Article,
    Candidate,
    Destination,
    Digest,
    Edition,
    Look,
    Occasion,
    Published,
)
from digests.schedule import next_slot, waits_until
from digests.selection import Choice, Interest, Pool
from digests.storage import (
    Connection,
    Database,
    candidates,
    destinations,
    library,
    plans,
)
from digests.storage.editions import Stored, as_stored
from digests.storage.plans import Decision, Due, Prospect
from digests.stories import cards, with_others

CAP = 10
"""How many articles a digest shows by default; the rest stays reachable behind a button."""

HELD_PAUSE = timedelta(minutes=10)
"""How long after a held destination was passed over it is looked at again, if it has no slots."""

POOLED = 20_000
"""How many of the newest articles all destinations share; who is further behind asks alone."""

_STEP = 300  # sequences asked for at once
_KEPT = 5_000  # answers and articles remembered during a run
_CHUNK = 200  # destinations decided before others get their turn
_DRAWN = 50  # digests laid out before others get their turn
_TOGETHER = 64  # neighbours whose turns follow each other
_GOLDEN, _MIXER, _MASK = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, (1 << 64) - 1

Split = Callable[[Sequence[Article], Look], list[list[int]]]
"""Articles, and how they will look, to the indices that go into each message."""


def lay_out(
    choice: Choice, found: Mapping[int, Published], split: Split, look: Look = Look.CARDS
) -> Digest:
    """A digest of what was chosen and is ``found`` still, cut into messages.

    What ``split`` finds no place for, such as a second card of the same link, goes to the rest.
    """
    shown = cards(choice.shown, choice, found)
    messages = split([card.article for card in shown.values()], look)
    ids = tuple(shown)
    if len(messages) == 1 and messages[0] == list(range(len(ids))):
        return Digest((ids,), choice.rest, choice.folded, choice.updates, look)
    parts = tuple([tuple([ids[index] for index in message]) for message in messages])
    rest = choice.rest
    if sum(map(len, parts)) < len(ids):
        placed = {id_ for part in parts for id_ in part}
        rest = (*(id_ for id_ in ids if id_ not in placed), *rest)
    return Digest(parts, rest, choice.folded, choice.updates, look)


@dataclass(slots=True)
class _Timing:
    """A schedule as it stands at the run's moment."""

    next_due: datetime | None
    waits_until: datetime | None


@dataclass(slots=True)
class _Answer:
    """What an interest comes to, for all who share it and its look; the digest once needed."""

    choice: Choice
    look: Look
    digest: Stored | None = None


_LOOKS = {look.value: look for look in Look}  # several times faster than Look itself
_NOTHING = _Answer(Choice(), Look.CARDS)
_LEFT_BEHIND = _Answer(Choice(), Look.CARDS)


@dataclass
class Run:
    """One planning run: what all of its destinations have in common, and what was found out.

    ``floor`` is the sequence above which ``pool`` holds everything; ``per_second`` how many
    messages leave: a burst is spread accordingly.
    """

    now: datetime
    prospect: Prospect
    pool: Pool
    floor: int
    split: Split
    per_second: float
    _timings: dict[tuple[object, ...], _Timing] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], _Answer] = field(default_factory=dict)
    _articles: dict[int, Published] = field(default_factory=dict)
    _moments: dict[int, datetime] = field(default_factory=dict)

    async def decide(self, connection: Connection, rows: Sequence[Due]) -> list[Decision]:
        """What becomes of due destinations: an edition, a later time, or nothing new."""
        decided: list[Decision] = []
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            timings = [self._timing(row) for row in chunk]
            answers = list(map(self._known_answer, chunk, timings))
            for index, answer in enumerate(answers):
                if answer is _LEFT_BEHIND:
                    answers[index] = await self._own_answer(connection, chunk[index])
            await self._lay_out(connection, answers)
            decided += map(self._decision, chunk, timings, answers)
            await asyncio.sleep(0)  # Commands are answered in between.
        return decided

    def _decision(self, row: Due, timing: _Timing, answer: _Answer) -> Decision:
        if row.held:
            # Nothing is made where nothing can be posted: later there is one digest for all of it.
            return Decision(row.id, timing.next_due or self.now + HELD_PAUSE, told=False)
        if timing.waits_until is not None:
            return Decision(row.id, timing.waits_until, told=False)
        if row.at_least > 1 and 0 < answer.choice.cards < row.at_least and timing.next_due:
            return Decision(row.id, timing.next_due, told=False)
        if answer.digest is None:
            return Decision(row.id, timing.next_due, told=True)
        if not answer.digest.messages:
            # All of it was withdrawn a moment ago: the next tick chooses again.
            return Decision(row.id, self.now + timedelta(seconds=1), told=False)
        wait = int(turn(row.id, self.now, self.prospect.due) / self.per_second)
        not_before = self._moments.get(wait) or self._later(wait)
        next_due, number = timing.next_due, row.editions + 1
        return Decision(row.id, next_due, True, answer.digest, number, not_before)

    def _later(self, seconds: int) -> datetime:
        moment = self._moments[seconds] = self.now + timedelta(seconds=seconds)
        return moment

    def _timing(self, row: Due) -> _Timing:
        key = row[3:10]
        timing = self._timings.get(key)
        if timing is None:
            _make_room(self._timings)
            schedule = destinations.to_schedule(*key)
            timing = _Timing(next_slot(schedule, self.now), waits_until(schedule, self.now))
            self._timings[key] = timing
        return timing

    def _known_answer(self, row: Due, timing: _Timing) -> _Answer:
        """What is new for a destination; worked out once for all who share interest and look."""
        if row.held or row.topics is None or timing.waits_until is not None:
            return _NOTHING
        key = row[9:]
        answer = self._answers.get(key)
        if answer is None and row.cursor < self.floor:
            return _LEFT_BEHIND
        if answer is None:
            answer = self._remember(key, self.pool.choose(_interest(row)))
        return answer

    async def _own_answer(self, connection: Connection, row: Due) -> _Answer:
        """What is new for a destination that is too far behind for the pool."""
        interest = _interest(row)
        pool = await pool_for(connection, interest, self.prospect.until)
        return self._remember(row[9:], pool.choose(interest))

    def _remember(self, key: tuple[Any, ...], choice: Choice) -> _Answer:
        _make_room(self._answers)
        answer = self._answers[key] = _Answer(choice, _LOOKS[key[-1]])
        return answer

    async def _lay_out(self, connection: Connection, answers: Sequence[_Answer]) -> None:
        new = {id(one): one for one in answers if one.digest is None and one.choice.shown}
        ids = set[int]()
        for one in new.values():
            ids.update(with_others(one.choice.shown, one.choice))
        missing = sorted(ids - self._articles.keys())
        if len(self._articles) + len(missing) > _KEPT:
            self._articles.clear()
            missing = sorted(ids)
        for start in range(0, len(missing), _CHUNK):
            some = missing[start : start + _CHUNK]
            self._articles.update(await library.published(connection, some))
        for number, one in enumerate(new.values()):
            digest = lay_out(one.choice, self._articles, self.split, one.look)
            one.digest = as_stored(digest)
            if number % _DRAWN == _DRAWN - 1:
                await asyncio.sleep(0)  # The split draws every card to measure it.


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()


async def begin(
    database: Database,
    now: datetime,
    until: int,
    split: Split,
    per_second: float,
    *,
    pooled: int = POOLED,
) -> Run | None:
    """A run over everything due at ``now``, told of articles up to ``until``; None if none is."""
    async with database.read() as connection:
        prospect = await plans.prospect(connection, now, until)
        if not prospect.due:
            return None
        floor = max(prospect.lowest, await candidates.highest_below(connection, until, pooled))
        found = await _candidates(connection, floor, until)
        wanted = [one.id for one in found] if prospect.filtered else []
        details = await candidates.details(connection, wanted)
    pool = await asyncio.to_thread(Pool, found, details)
    return Run(now, prospect, pool, floor, split, per_second)


async def _candidates(connection: Connection, floor: int, until: int) -> list[Candidate]:
    """Everything in the window and what its stories began with, asked for step by step."""
    found: dict[int, Candidate] = {}
    for since in range(floor, until, _STEP):
        some = await candidates.between(connection, since, min(since + _STEP, until))
        found |= {one.id: one for one in some}
    return list(found.values())


async def pool_for(connection: Connection, interest: Interest, until: int) -> Pool:
    """What one interest chooses from."""
    topics = [topic for topic, _ in interest.topics]
    found = await candidates.between(connection, interest.cursor, until, topics)
    details: dict[int, filters.Details] = {}
    if filters.needs_details(interest.filters):
        details = await candidates.details(connection, [one.id for one in found])
    return Pool(found, details)


def turn(id_: int, now: datetime, due: int) -> int:
    """The place of a destination, from 0, among all that are due at ``now``.

    Places are even and, from slot to slot, different: nobody is always the last. Neighbours go
    together, so that the outbox's index is written in few places; each such group is put where the
    golden ratio puts it, which leaves no gaps and no crowds.
    """
    if not due:
        return 0
    start = (id_ // _TOGETHER) * _GOLDEN + _mixed(now) & _MASK
    return ((start * due >> 64) + id_ % _TOGETHER) % due


@lru_cache(maxsize=16)
def _mixed(now: datetime) -> int:
    return int(now.timestamp()) * _MIXER


def _interest(row: Due) -> Interest:
    topics = frozenset(map(_TOPICS.__getitem__, (row.topics or "").split(",")))
    wanted = filters.from_json(row.filters)
    return Interest(topics, row.cursor, wanted, row.at_most, row.filtered_from)


class _Topics(dict[str, tuple[int, int]]):
    """Followed topics as numbers, by how ``Due.topics`` has them."""

    def __missing__(self, text: str) -> tuple[int, int]:
        _make_room(self)
        topic, _, since = text.partition(":")
        number = self[text] = int(topic), int(since or 0)
        return number


_TOPICS = _Topics()


async def interest_of(connection: Connection, destination: Destination) -> Interest:
    """What a destination wants to be told now."""
    followed = await destinations.subscriptions_of(connection, [destination.id])
    return Interest(
        frozenset((one.topic_id, one.since) for one in followed[destination.id]),
        destination.cursor,
        destination.filters,
        destination.schedule.at_most,
        destination.filtered_from,
    )


async def new_articles(connection: Connection, destination: Destination) -> Choice:
    """What is new for one destination."""
    interest = await interest_of(connection, destination)
    until = await library.latest_sequence(connection)
    pool = await pool_for(connection, interest, until)
    return pool.choose(interest)


async def special_edition(
    connection: Connection,
    destination: Destination,
    choice: Choice,
    occasion: Occasion,
    split: Split,
) -> Edition | None:
    """An edition outside the schedule, of these articles; None if there are none."""
    found = await library.published(connection, with_others(choice.shown, choice))
    digest = lay_out(choice, found, split, destination.appearance.look)
    if not digest.shown:
        return None
    until = await library.latest_sequence(connection)
    since = destination.cursor if occasion is Occasion.FORCED else until
    return Edition(destination.id, occasion, digest, since, until)


async def cards_of(connection: Connection, choice: Choice) -> list[Published]:
    """The cards that a choice shows, as they would be posted now."""
    found = await library.published(connection, with_others(choice.shown, choice))
    return list(cards(choice.shown, choice, found).values())
