"""Step 3b, draft: reviewed channels and the catalog in, drafts for editors out, then editions.

Some minutes before the slot of a channel that is reviewed, its next edition is written down as a
draft: nothing is promised, and the cursor stays. At the slot the draft becomes the edition, with
what the editors did to it, in one transaction: before it there is the draft, after it the edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.digest import Split, interest_of, lay_out, pool_for
from digests.editing import (
    LEAST,
    Done,
    DraftState,
    Review,
    edited,
    marks_of,
    still_counting,
)
from digests.model import FOREVER, Cadence, Destination, Edition, Occasion
from digests.outbox import nonces, promise
from digests.schedule import next_slot, waits_until
from digests.selection import Choice
from digests.storage import Connection, Database, destinations, library, reviews
from digests.storage import drafts as rows
from digests.storage.drafts import Draft
from digests.storage.editions import as_stored
from digests.stories import with_others
from digests.weaving import weave_new

BATCH = 10
"""Destinations looked at in one transaction: each asks for its articles by itself."""

AGAIN = timedelta(minutes=1)
"""How long after nothing was new it is looked again, as long as the slot has not come."""

RARELY = timedelta(days=1)
"""When to look again where nothing is to be done; a change of schedule is seen at once."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at one destination goes by; ``until`` is the newest sequence it may tell of."""

    connection: Connection
    review: Review
    destination: Destination
    until: int
    now: datetime
    split: Split

    @property
    def start(self) -> datetime | None:
        """When the draft of the next slot is due; None without a next slot."""
        due, schedule = self.destination.next_due, self.destination.schedule
        if due is None or due >= FOREVER:
            return None
        return due - self.review.ahead(schedule)

    async def again(self, moment: datetime) -> None:
        await reviews.look_at(self.connection, self.destination.id, moment)

    async def due_at(self, moment: datetime | None) -> None:
        """Move the next slot, and look again at once: everything follows from it."""
        await rows.due_at(self.connection, self.destination.id, moment)
        await self.again(self.now)


async def plan_drafts(database: Database, now: datetime, split: Split) -> int:
    """Look at the reviewed destinations whose time has come; how many drafts began or ended."""
    async with database.read() as connection:
        if not await reviews.anything_due(connection, now):
            return 0
    until = await weave_new(database, now)
    changed = 0
    while True:
        async with database.write() as connection:
            due = await reviews.due(connection, now, BATCH)
            for review, destination in due:
                changed += await _look(_Look(connection, review, destination, until, now, split))
        if not due:
            return changed


async def _look(look: _Look) -> bool:
    """Do what is to be done now, and say when to look again; whether a draft was made or ended."""
    draft = await rows.live(look.connection, look.destination.id)
    if draft is None:
        return await _begin(look)
    return await _go_on(look, draft)


async def _begin(look: _Look, before: Draft | None = None) -> bool:
    """Make a draft if it is time; ``before`` is the one that it replaces."""
    destination, now, start = look.destination, look.now, look.start
    schedule, due = destination.schedule, destination.next_due
    if look.review.ends and before is None:
        await reviews.remove(look.connection, destination.id)
        return False
    if start is None or due is None or schedule.every is Cadence.INSTANTLY:
        await look.again(now + RARELY)
        return False
    if now < start:
        await look.again(start)
        return False
    slot = max(due, now + LEAST)
    if destination.held or (waits := waits_until(schedule, slot)) is not None:
        # Nothing is made where nothing can be posted: later there is one digest for all of it.
        await look.due_at(next_slot(schedule, slot) if destination.held else waits)
        return False
    acts = still_counting(before.acts) if before else []
    choice, made = await _made(look, before)
    if not made:
        return await _nothing(look, due, before, told=not choice.cards)
    if before is not None:
        await rows.end(look.connection, before.id, DraftState.REPLACED, now)
    await _add(look, choice, slot, acts)
    return True


async def _made(look: _Look, before: Draft | None) -> tuple[Choice, bool]:
    """What a draft would hold now, and whether that is enough."""
    interest = await interest_of(look.connection, look.destination)
    if not interest.topics:
        return Choice(), False
    pool = await pool_for(look.connection, interest, look.until)
    choice = pool.choose(interest)
    least = 1 if before is not None else look.destination.schedule.at_least
    return choice, choice.cards >= least


async def _nothing(look: _Look, due: datetime, before: Draft | None, *, told: bool) -> bool:
    """Nothing new, or too little: the slot passes, unless something comes before it."""
    if before is not None:
        await rows.end(look.connection, before.id, DraftState.EMPTY, look.now)
    cursor = max(look.destination.cursor, look.until) if told else look.destination.cursor
    later = due if look.now < due else next_slot(look.destination.schedule, look.now)
    await destinations.advance(look.connection, {look.destination.id: later}, cursor)
    await look.again(min(look.now + AGAIN, due) if look.now < due else look.now)
    return before is not None


async def _add(look: _Look, choice: Choice, slot: datetime, before: list[Done]) -> None:
    """Write down a new draft, with the acts that still count from the one before."""
    found = await library.published(look.connection, with_others(choice.shown, choice))
    acts = [
        Done(number, one.act, one.by, one.at, one.article_id)
        for number, one in enumerate(before, 1)
    ]
    await rows.add(
        look.connection,
        look.destination.id,
        as_stored(lay_out(choice, found, look.split, look.destination.appearance.look)),
        (look.destination.cursor, max(look.until, look.destination.cursor)),
        slot,
        look.review.channel_id,
        nonces(1)[0],
        acts,
        look.now,
    )
    await look.due_at(slot)


async def _go_on(look: _Look, draft: Draft) -> bool:
    """A draft is out: end it, move it, or leave it until its time."""
    connection, destination, now = look.connection, look.destination, look.now
    interest = await interest_of(connection, destination)
    if not interest.topics or destination.cursor != draft.since:
        await rows.end(connection, draft.id, DraftState.VOID, now)
        await look.again(now)
        return True
    due = destination.next_due
    if due is None:  # news at once, from now on
        return await _at_its_time(look, draft)
    overdue = draft.slot <= now and now < due
    if overdue and draft.state is DraftState.APPROVED and not destination.held:
        return await _at_its_time(look, draft)
    start = look.start
    older = start is not None and draft.planned_at < start
    if older and start is not None and start <= now and not look.review.ends:
        return await _begin(look, draft)
    if due <= now:
        return await _at_its_time(look, draft)
    if draft.slot != due and not overdue:
        await rows.move(connection, draft.id, due)
    ahead = older and start is not None and not look.review.ends
    await look.again(start if ahead and start is not None else due)
    return False


async def _at_its_time(look: _Look, draft: Draft) -> bool:
    """The slot has come: the draft goes out, unless it must wait."""
    destination, now = look.destination, look.now
    schedule = destination.schedule
    if (waits := waits_until(schedule, now)) is not None:
        await rows.move(look.connection, draft.id, waits)
        await look.due_at(waits)
        return False
    held = draft.state is DraftState.HELD and not look.review.ends
    if (held or destination.held) and destination.next_due is not None:
        await rows.refresh(look.connection, draft.id)
        await look.due_at(next_slot(schedule, now))
        return False
    await finish(look.connection, destination, draft, Occasion.SCHEDULED, now, look.split)
    return True


async def finish(
    connection: Connection,
    destination: Destination,
    draft: Draft,
    occasion: Occasion,
    now: datetime,
    split: Split,
) -> Edition | None:
    """Make a draft the edition that it is now, promise it and move the cursor.

    None if nothing of it is left; that moves the cursor, too. The caller has locked the
    destination.
    """
    choice = await as_it_is(connection, destination, draft)
    found = await library.published(connection, with_others(choice.shown, choice))
    digest = lay_out(choice, found, split, destination.appearance.look)
    due = destination.next_due
    if due is not None and due <= now:
        due = next_slot(destination.schedule, now)
    number = None
    edition = None
    if digest.shown:
        slot = draft.slot if occasion is Occasion.SCHEDULED else None
        edition = Edition(destination.id, occasion, digest, draft.since, draft.until, slot)
        await promise(connection, [edition], now)
        number = await rows.last_number(connection, destination.id)
    state = DraftState.SENT if edition is not None else DraftState.EMPTY
    await rows.end(connection, draft.id, state, now, number)
    await destinations.advance(connection, {destination.id: due}, draft.until)
    await reviews.look_at(connection, destination.id, now)
    return edition


async def live(connection: Connection, destination: Destination) -> Draft | None:
    """The draft that is out, if what it holds was not told by other means."""
    draft = await rows.live(connection, destination.id)
    return draft if draft is not None and draft.since == destination.cursor else None


async def as_it_is(connection: Connection, destination: Destination, draft: Draft) -> Choice:
    """What would go out of a draft now, after the editors' marks."""
    fresh = await fresh_of(connection, destination, draft)
    return edited(draft.digest, fresh, marks_of(draft.acts), destination.schedule.at_most)


async def fresh_of(connection: Connection, destination: Destination, draft: Draft) -> Choice:
    """What the window of a draft gives by what is published and followed now."""
    interest = (await interest_of(connection, destination))._replace(cursor=draft.since)
    if not interest.topics:
        return Choice()
    return (await pool_for(connection, interest, draft.until)).choose(interest)
