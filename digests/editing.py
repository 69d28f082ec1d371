"""A draft and what its editors did to it in, the edition as it would go out now out (pure).

A draft is a channel's next edition as its editors see it before its time. What they do is a row
of acts, each numbered; the state of the draft follows from the acts and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from digests.model import Cadence, Digest, Schedule
from digests.selection import Choice

LEAST = timedelta(minutes=5)
"""A draft is out for at least so long: where less is left, the edition is as much later."""

MINUTES = range(5, 121)
"""How many minutes before its time an edition may be shown to its editors."""

MOST_HOURLY = 45
"""The most of these for an hourly digest: further ahead, the one before is not out yet."""

MOST_PINS = 10
"""So many articles at most are pinned: more would be no order."""


class DraftState(StrEnum):
    """Where a draft stands: the first three are live, the others its end."""

    OPEN = "open"  # goes out at its time
    APPROVED = "approved"  # goes out at its time, and somebody says that it is fine
    HELD = "held"  # waits for somebody to approve it, or for the next draft
    SENT = "sent"  # the edition was promised
    EMPTY = "empty"  # every article was left out or withdrawn
    REPLACED = "replaced"  # a newer draft has its articles, and more
    VOID = "void"  # the channel follows nothing any more, or was told by other means


LIVE = (DraftState.OPEN, DraftState.APPROVED, DraftState.HELD)


class Act(StrEnum):
    """What an editor does to a draft."""

    APPROVED = "approved"
    HELD = "held"
    DROPPED = "dropped"
    KEPT = "kept"  # put back what was dropped, or no longer pinned
    PINNED = "pinned"
    SENT = "sent"  # at once, without waiting for its time


_STATES = {Act.APPROVED: DraftState.APPROVED, Act.HELD: DraftState.HELD}


@dataclass(frozen=True, slots=True)
class Done:
    """One act: ``number`` is the version of the draft that it made; ``by`` a person's id."""

    number: int
    act: Act
    by: int
    at: datetime
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """That a channel's editions are shown to its editors first: where, and how long before.

    ``ends``: no more drafts follow the one that is out. ``trouble`` says why the last draft could
    not be posted there.
    """

    destination_id: int
    channel_id: int
    minutes: int
    set_by: int
    ends: bool = False
    trouble: str | None = None

    def ahead(self, schedule: Schedule) -> timedelta:
        """How long before its time an edition of this schedule is shown."""
        hourly = schedule.every is Cadence.HOURLY
        return timedelta(minutes=min(self.minutes, MOST_HOURLY) if hourly else self.minutes)


class Marks(NamedTuple):
    """What the acts come to: what is left out, what comes first and in which order."""

    dropped: frozenset[int]
    pinned: tuple[int, ...]


def state_of(acts: Iterable[Done]) -> DraftState:
    """How a live draft stands after these acts."""
    state = DraftState.OPEN
    for one in acts:
        state = _STATES.get(one.act, state)
    return state


def marks_of(acts: Iterable[Done]) -> Marks:
    """What is dropped and pinned after these acts; the last act on an article counts."""
    dropped: set[int] = set()
    pinned: dict[int, None] = {}
    for one in acts:
        if one.article_id is None:
            continue
        dropped.discard(one.article_id)
        pinned.pop(one.article_id, None)
        if one.act is Act.DROPPED:
            dropped.add(one.article_id)
        elif one.act is Act.PINNED:
            pinned[one.article_id] = None
    return Marks(frozenset(dropped), tuple(pinned))


def still_counting(acts: Sequence[Done]) -> list[Done]:
    """Those acts that a newer draft takes over: what is dropped and pinned in the end."""
    dropped, pinned = marks_of(acts)
    last = {one.article_id: one for one in acts if one.article_id is not None}
    counting = [one for id_, one in last.items() if id_ in dropped or id_ in pinned]
    return sorted(counting, key=lambda one: one.number)


Card = tuple[int, tuple[int, ...]]
"""An article's id, with those of its story that go onto its card."""


class Cards(NamedTuple):
    """The cards of a draft: those that go out, the ``pinned`` first, and those left out."""

    going: tuple[Card, ...]
    dropped: tuple[Card, ...]
    updates: frozenset[int]
    pinned: int


def cards_of(made: Digest, fresh: Choice, marks: Marks) -> Cards:
    """The cards of a draft that was ``made``, after the editors' marks.

    ``fresh`` is what the same window gives now: what is not in it was withdrawn, or its topic is
    no longer followed, and what is only there has come back. Nothing else changes the order.
    """
    places = {id_: place for place, id_ in enumerate(marks.pinned)}
    going: list[tuple[int, Card]] = []
    dropped: list[Card] = []
    for key, head, *others in _stories(made, fresh):
        # The editors knew the card by ``key``, which may have been withdrawn since.
        if key in marks.dropped or head in marks.dropped:
            dropped.append((head, tuple(others)))
            continue
        pinned = [places[one] for one in (key, head, *others) if one in places]
        left = tuple(one for one in others if one not in marks.dropped)
        going.append((min(pinned, default=len(places)), (head, left)))
    going.sort(key=lambda card: card[0])
    first = sum(1 for place, _ in going if place < len(places))
    updates = frozenset({*made.updates, *fresh.updates})
    return Cards(tuple(card for _, card in going), tuple(dropped), updates, first)


def edited(made: Digest, fresh: Choice, marks: Marks, at_most: int) -> Choice:
    """What goes out of a draft: pinned articles first, and in it however few there is room for."""
    cards = cards_of(made, fresh, marks)
    heads = [head for head, _ in cards.going]
    shown = max(at_most, cards.pinned)
    return Choice(
        tuple(heads[:shown]),
        tuple(heads[shown:]),
        tuple((head, others) for head, others in cards.going if others),
        tuple(head for head in heads if head in cards.updates),
    )


def _stories(made: Digest, fresh: Choice) -> list[list[int]]:
    """The cards of both, in the order made, of articles that are in ``fresh``.

    Each is the id by which it was made, and then those that are on it now.
    """
    now = dict(fresh.folded)
    groups = [(id_, now.get(id_, ())) for id_ in (*fresh.shown, *fresh.rest)]
    there = {one for head, others in groups for one in (head, *others)}
    before = dict(made.folded)
    shown = [id_ for part in made.parts for id_ in part]
    cards: list[list[int]] = []
    card_of: dict[int, list[int]] = {}
    for id_ in (*shown, *made.rest):
        members = [one for one in (id_, *before.get(id_, ())) if one in there]
        if members:
            card = [id_, *members]
            cards.append(card)
            card_of.update(dict.fromkeys(members, card))
    for head, others in groups:
        missing = [one for one in (head, *others) if one not in card_of]
        told = next((card_of[one] for one in (head, *others) if one in card_of), None)
        if missing and told is not None:
            told.extend(missing)  # its story has a card, and it goes onto that
        elif missing:
            cards.append([missing[0], *missing])
    return cards
