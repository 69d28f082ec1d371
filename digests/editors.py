"""The editors' door: what they ask of a review or a draft in, what was done out, each at once.

Whoever asks has been let in by the caller. Two who press at the same moment are told apart by the
version of the draft that each of them saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digests import drafts as drafting
from digests.digest import Split
from digests.editing import (
    LIVE,
    MOST_PINS,
    Act,
    Cards,
    Done,
    Review,
    cards_of,
    marks_of,
    state_of,
)
from digests.errors import NoDrafts, TooManyPins
from digests.model import Address, Cadence, Destination, Occasion, Published
from digests.selection import Choice
from digests.storage import Connection, Database, destinations, library, reviews
from digests.storage import drafts as rows
from digests.storage.drafts import Draft
from digests.stories import cards


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft as its editors see it: cards by the id that stands for each, in the order they go.

    The first ``shown`` of ``going`` are in the messages, the others behind '+N more'. ``due`` is
    when the next edition goes out; a held draft may be older than that. ``pinned`` says how many
    of the first are there because they are pinned. ``titles`` are of every article in question.
    """

    draft: Draft
    destination: Destination
    due: datetime | None
    going: tuple[tuple[int, Published], ...]
    dropped: tuple[tuple[int, Published], ...]
    shown: int
    pinned: int
    titles: dict[int, str]

    @property
    def live(self) -> bool:
        """Whether it can still be changed."""
        return self.draft.state in LIVE

    @property
    def last(self) -> Done | None:
        """What was done to it last."""
        return self.draft.acts[-1] if self.draft.acts else None

    @property
    def cards(self) -> tuple[tuple[int, Published], ...]:
        """All cards, those left out last."""
        return self.going + self.dropped


@dataclass(frozen=True, slots=True)
class Changed:
    """It was done; ``sheet`` is the draft since."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else was faster: the draft is not what it was when the button was pressed."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Closed:
    """It is too late: the draft has gone out, or is no longer one."""

    sheet: Sheet


Edited = Changed | Overtaken | Closed


class Editors:
    """Reviews and drafts of a database. ``split`` cuts articles into messages."""

    def __init__(self, database: Database, split: Split) -> None:
        self._database = database
        self._split = split

    # ── the setting ──────────────────────────────────────────────────────────────────────────

    async def review(
        self, address: Address, channel_id: int, minutes: int, *, by: int
    ) -> Destination | None:
        """Show a destination's editions there so long before; None if there is none.

        Raises NoDrafts.
        """
        async with self._database.write() as connection:
            destination = await destinations.find(connection, address, lock=True)
            if destination is None:
                return None
            if destination.schedule.every is Cadence.INSTANTLY:
                raise NoDrafts("What is told instantly has no draft.")
            await reviews.save(connection, destination.id, channel_id, minutes, by)
            return destination

    async def end(self, address: Address) -> bool:
        """No drafts any more, once the one that is out has gone; whether there were any."""
        async with self._database.write() as connection:
            destination = await destinations.find(connection, address, lock=True)
            found = await reviews.find(connection, destination.id) if destination else None
            if destination is None or found is None or found.ends:
                return False
            if await rows.live(connection, destination.id) is None:
                await reviews.remove(connection, destination.id)
            else:
                await reviews.end(connection, destination.id)
            return True

    async def standing(self, address: Address) -> tuple[Review, Draft | None] | None:
        """A destination's review, and the draft that is out; None if it has no review."""
        async with self._database.read() as connection:
            destination = await destinations.find(connection, address)
            found = await reviews.find(connection, destination.id) if destination else None
            if destination is None or found is None:
                return None
            return found, await rows.live(connection, destination.id)

    # ── the draft ────────────────────────────────────────────────────────────────────────────

    async def sheet(self, draft_id: int) -> Sheet | None:
        """A draft as it is now; None if there is none."""
        async with self._database.read() as connection:
            draft = await rows.find(connection, draft_id)
            return await sheet_of(connection, draft) if draft else None

    async def decide(
        self, draft_id: int, seen: int, act: Act, *, by: int, now: datetime
    ) -> Edited | None:
        """Approve or hold it; ``seen`` is its version when the button was pressed."""
        return await self._act(draft_id, seen, [(act, None)], by, now)

    async def leave_out(
        self,
        draft_id: int,
        seen: int,
        among: Sequence[int],
        chosen: Sequence[int],
        *,
        by: int,
        now: datetime,
    ) -> Edited | None:
        """Of the cards ``among`` which was chosen, leave out the ``chosen`` and no others."""
        async with self._database.read() as connection:
            draft = await rows.find(connection, draft_id)
        if draft is None:
            return None
        dropped = marks_of(draft.acts).dropped
        wanted = {*chosen} & {*among}
        acts: list[tuple[Act, int | None]] = [
            *((Act.DROPPED, id_) for id_ in among if id_ in wanted - dropped),
            *((Act.KEPT, id_) for id_ in among if id_ in dropped - wanted),
        ]
        return await self._act(draft_id, seen, acts, by, now)

    async def pin(
        self, draft_id: int, seen: int, article_id: int, *, by: int, now: datetime
    ) -> Edited | None:
        """Put a card first, behind those pinned before; one that is pinned goes back."""
        async with self._database.read() as connection:
            draft = await rows.find(connection, draft_id)
        if draft is None:
            return None
        pinned = marks_of(draft.acts).pinned
        if article_id not in pinned and len(pinned) >= MOST_PINS:
            raise TooManyPins(MOST_PINS)
        act = Act.KEPT if article_id in pinned else Act.PINNED
        return await self._act(draft_id, seen, [(act, article_id)], by, now)

    async def send(self, draft_id: int, seen: int, *, by: int, now: datetime) -> Edited | None:
        """Let it go out now, without waiting for its time."""
        async with self._database.write() as connection:
            found = await self._locked(connection, draft_id)
            if found is None:
                return None
            draft, destination = found
            if (refused := await _refused(connection, draft, destination, seen)) is not None:
                return refused
            done = [Done(draft.version + 1, Act.SENT, by, now)]
            await rows.act(connection, draft, done, draft.state)
            await drafting.finish(connection, destination, draft, Occasion.FORCED, now, self._split)
            return Changed(await _again(connection, draft))

    async def _act(
        self,
        draft_id: int,
        seen: int,
        acts: Sequence[tuple[Act, int | None]],
        by: int,
        now: datetime,
    ) -> Edited | None:
        async with self._database.write() as connection:
            found = await self._locked(connection, draft_id)
            if found is None:
                return None
            draft, destination = found
            if (refused := await _refused(connection, draft, destination, seen)) is not None:
                return refused
            there = draft.digest.articles
            done = [
                Done(draft.version + number, act, by, now, id_)
                for number, (act, id_) in enumerate(acts, 1)
                if id_ is None or id_ in there
            ]
            if done:
                await rows.act(connection, draft, done, state_of([*draft.acts, *done]))
                await reviews.look_at(connection, destination.id, now)
            return Changed(await _again(connection, draft))

    async def _locked(
        self, connection: Connection, draft_id: int
    ) -> tuple[Draft, Destination] | None:
        """A draft and its destination, which nobody else changes meanwhile."""
        draft = await rows.find(connection, draft_id)
        if draft is None:
            return None
        destination = await destinations.by_id(connection, draft.destination_id, lock=True)
        draft = await rows.find(connection, draft_id)  # as it is now that nobody else may act
        return (draft, destination) if draft is not None else None


async def _refused(
    connection: Connection, draft: Draft, destination: Destination, seen: int
) -> Closed | Overtaken | None:
    """Why nothing more can be done to it, if that is so."""
    if draft.state not in LIVE or draft.since != destination.cursor:
        return Closed(await sheet_of(connection, draft))
    if draft.version != seen:
        return Overtaken(await sheet_of(connection, draft))
    return None


async def _again(connection: Connection, draft: Draft) -> Sheet:
    found = await rows.find(connection, draft.id)
    assert found is not None  # noqa: S101 - it was there a moment ago
    return await sheet_of(connection, found)


async def sheet_of(connection: Connection, draft: Draft) -> Sheet:
    """A draft with its articles, as they are published now."""
    destination = await destinations.by_id(connection, draft.destination_id)
    fresh = await drafting.fresh_of(connection, destination, draft)
    marks = marks_of(draft.acts)
    drawn = cards_of(draft.digest, fresh, marks)
    touched = [one.article_id for one in draft.acts if one.article_id is not None]
    there = [id_ for head, others in (*drawn.going, *drawn.dropped) for id_ in (head, *others)]
    found = await library.published(connection, {*there, *touched})
    going = _published(drawn.going, drawn, found)
    return Sheet(
        draft=draft,
        destination=destination,
        due=destination.next_due,
        going=going,
        dropped=_published(drawn.dropped, drawn, found),
        shown=min(len(going), max(destination.schedule.at_most, drawn.pinned)),
        pinned=drawn.pinned,
        titles={id_: one.article.title for id_, one in found.items()},
    )


def _published(
    some: Sequence[tuple[int, tuple[int, ...]]], drawn: Cards, found: dict[int, Published]
) -> tuple[tuple[int, Published], ...]:
    told = Choice(folded=tuple(some), updates=tuple(drawn.updates))
    return tuple(cards([head for head, _ in some], told, found).items())
