"""Candidates and what a destination wants in, its digest and every reason out (pure).

The rank of an article, in points::

    quality              0 to 100; 50 where it was not measured
    + 50 * heat / (heat + 100)     0 where it was not measured
    - 10 for each day of age
    - 15 for each better article of the same provider in the same digest

Equal points: the newer first, then the higher sequence. Points of two articles differ by the same
amount whenever they are looked at, so the order depends on nothing but the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digests.filters import NOTHING, Details, refusal
from digests.model import Candidate, Filters
from digests.reasons import Reason, Verdict
from digests.stories import stage

UNMEASURED_QUALITY = 50
POINTS_A_DAY = 10.0
POINTS_A_REPEAT = 15.0

_SMALLEST_VIEW = 512
_OWN_VIEWS = 16
_NO_DETAILS = Details()

# Topics, each with its places: in order and, unless they lie far apart, as bits.
_View = dict[int, tuple[list[int], int | None]]
_NO_PLACES: tuple[list[int], int | None] = ([], 0)


class Interest(NamedTuple):
    """What a destination wants to be told: equal interests get equal digests.

    ``topics`` are followed topics, each with the sequence from which on; of everything up to
    ``cursor`` it has been told, and by these filters since ``filtered_from``.
    """

    topics: frozenset[tuple[int, int]]
    cursor: int
    filters: Filters = NOTHING
    at_most: int = 10
    filtered_from: int = 0


class Choice(NamedTuple):
    """The articles of a digest by id: a card each, in order; see ``digests.model.Digest``."""

    shown: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()
    folded: tuple[tuple[int, tuple[int, ...]], ...] = ()
    updates: tuple[int, ...] = ()

    @property
    def cards(self) -> int:
        """How many articles have a card of their own, shown at once or not."""
        return len(self.shown) + len(self.rest)


def points(candidate: Candidate) -> float:
    """What an article is worth beside others, the provider's other articles left aside."""
    quality = UNMEASURED_QUALITY if candidate.quality is None else min(candidate.quality, 100)
    heat = candidate.heat or 0
    days = candidate.published_at.timestamp() / 86400
    return quality + 50 * heat / (heat + 100) + POINTS_A_DAY * days


class Pool:
    """The candidates of a planning run, ranked once; from it every interest is served.

    Besides what is new, it holds the earlier articles of the same stories: by them is known what
    was told before. An article is named by its place in the ranking, the best has 0.
    """

    def __init__(
        self, candidates: Iterable[Candidate], details: Mapping[int, Details] | None = None
    ) -> None:
        worth = [(points(one), one.published_at, one.sequence, one) for one in candidates]
        worth.sort(key=lambda row: row[:3], reverse=True)
        self.ranked = [one for *_, one in worth]
        self._points = [row[0] for row in worth]
        self._details = details or {}
        self._sequences = [one.sequence for one in self.ranked]
        self._newest_first = sorted(self._sequences, reverse=True)
        self.lowest = min(self._sequences, default=0)
        self._all_ids = [one.id for one in self.ranked]
        self._providers = [one.provider for one in self.ranked]
        self._views: dict[int, _View] = {}
        self._stories: dict[int, list[int]] = {}
        for place, one in enumerate(self.ranked):
            if one.story is not None:
                self._stories.setdefault(one.story, []).append(place)

    def choose(self, interest: Interest) -> Choice:
        """What is new for this interest: filtered, stories folded, ranked."""
        places = self._new(interest)
        if interest.filters is not NOTHING:
            places = [place for place in places if self.refusal(place, interest) is None]
        folded: dict[int, list[int]] = {}
        updates: list[int] = []
        if self._stories:
            places, folded, updates = self._fold(places, interest)
        shown = places[: interest.at_most]
        if len(set(map(self._providers.__getitem__, shown))) == len(shown):
            del places[: interest.at_most]  # No provider comes twice, so the first are the best.
        else:
            shown = self._best(places, interest.at_most)
            for place in shown:
                places.remove(place)  # it is near the beginning
        ids = self._ids
        if not folded and not updates:
            return Choice(ids(shown), ids(places))
        stories = [(self.ranked[head].id, ids(others)) for head, others in folded.items()]
        return Choice(ids(shown), ids(places), tuple(stories), ids(updates))

    def new_ids(self, interest: Interest) -> set[int]:
        """All that is new on the topics of this interest, before anything is left out."""
        return set(self._ids(self._new(interest)))

    def _new(self, interest: Interest) -> list[int]:
        cursor, sequences = interest.cursor, self._sequences
        lowest, view = self._view(cursor)
        followed: list[int] = []
        different, all_of_them = 0, True
        for topic, since in interest.topics:
            some, bits = view.get(topic, _NO_PLACES)
            if since > lowest or cursor > lowest:
                floor = max(since, cursor)
                some = [place for place in some if sequences[place] > floor]
                all_of_them = False
            followed += some
            if bits is None:
                all_of_them = False
            else:
                different |= bits
        followed.sort()  # runs that are sorted already, so they are only merged
        # Where no place is in two topics, nothing has to be taken out, which costs as much again.
        if all_of_them and different.bit_count() == len(followed):
            return followed
        return list(dict.fromkeys(followed))

    def refusal(self, place: int, interest: Interest) -> tuple[Reason, str] | None:
        """Why the filters leave an article out, if they do."""
        candidate = self.ranked[place]
        details = self._details.get(candidate.id, _NO_DETAILS)
        return refusal(candidate, details, interest.filters)

    def told_with(self, story: int, interest: Interest) -> int | None:
        """The article with which a story was told before, if it was.

        Everything up to the cursor that fits the interest has been told: shown, or offered behind
        "+N more". So the cursor is the memory, and no history has to be asked.
        """
        topics = dict(interest.topics)
        for place in self._stories[story]:
            one = self.ranked[place]
            if not interest.filtered_from < one.sequence <= interest.cursor:
                continue
            followed = any(topics.get(topic, one.sequence) < one.sequence for topic in one.topics)
            if followed and self.refusal(place, interest) is None:
                return place
        return None

    def has_grown(self, story: int, cursor: int) -> bool:
        """Whether a story has reached a further stage since the cursor."""
        sequences = [self._sequences[place] for place in self._stories[story]]
        return stage(len(sequences)) > stage(sum(one <= cursor for one in sequences))

    def _fold(
        self, places: Sequence[int], interest: Interest
    ) -> tuple[list[int], dict[int, list[int]], list[int]]:
        """One place for each story, the best; the others of it; and which heads are updates."""
        heads: dict[int, int] = {}
        folded: dict[int, list[int]] = {}
        kept: list[int] = []
        updates: list[int] = []
        for place in places:
            story = self.ranked[place].story
            if story is None:
                kept.append(place)
            elif story in heads:
                if heads[story] >= 0:
                    folded.setdefault(heads[story], []).append(place)
            elif self.told_with(story, interest) is None:
                heads[story] = place
                kept.append(place)
            elif self.has_grown(story, interest.cursor):
                heads[story] = place
                kept.append(place)
                updates.append(place)
            else:
                heads[story] = -1  # told before, and nothing to add
        return kept, folded, updates

    def _best(self, places: Sequence[int], at_most: int) -> list[int]:
        """The best by points, each provider's further articles put back; ``places`` are ranked."""
        points, providers = self._points, self._providers
        repeats: dict[str, int] = {}
        worth: list[tuple[float, int]] = []
        last = float("-inf")  # what the last of the best is worth, once there are enough
        for place in places:
            value = points[place]
            if value <= last:
                break  # Nothing that follows can be better.
            provider = providers[place]
            if provider in repeats:
                value -= POINTS_A_REPEAT * repeats[provider]
                repeats[provider] += 1
            elif provider:
                repeats[provider] = 1
            worth.append((-value, place))
            if len(worth) >= at_most:
                worth.sort()
                del worth[at_most:]
                last = -worth[-1][0]
        worth.sort()
        return [place for _, place in worth]

    def _view(self, cursor: int) -> tuple[int, _View]:
        """The ranked places of each topic, above a sequence that is at most the cursor.

        The first cursors asked for have a view of their own. For the others there is one of the
        newest 512, one of the newest 1,024, and so on: whoever is up to date does not pay for
        somebody who was away for a month.
        """
        view = self._views.get(cursor)
        if view is not None:
            return cursor, view
        lowest = cursor
        if len(self._views) >= _OWN_VIEWS:
            newest = self._newest_first
            size = _SMALLEST_VIEW
            while size < len(newest) and newest[size] > cursor:
                size *= 2
            lowest = newest[size] if size < len(newest) else 0
        view = self._views.get(lowest)
        if view is None:
            places: dict[int, list[int]] = {}
            for place, one in enumerate(self.ranked):
                if one.sequence > lowest:
                    for topic in one.topics:
                        places.setdefault(topic, []).append(place)
            view = {topic: (some, _bits(some)) for topic, some in places.items()}
            self._views[lowest] = view
        return lowest, view

    def _ids(self, places: Iterable[int]) -> tuple[int, ...]:
        return tuple(map(self._all_ids.__getitem__, places))


def _bits(places: Sequence[int]) -> int | None:
    """The number whose bits at these places are set; the places rise.

    None where that takes much more memory than the places do, as for a rare topic among many.
    """
    if places[-1] >= max(2_048, 64 * len(places)):
        return None
    flags = bytearray(places[-1] // 8 + 1)
    for place in places:
        flags[place // 8] |= 1 << place % 8
    return int.from_bytes(flags, "little")


def explain(pool: Pool, interest: Interest, *, at_least: int = 1) -> list[Verdict]:
    """What becomes of every candidate, each with its reason, the best ranked first."""
    choice = pool.choose(interest)
    waits = 0 < choice.cards < at_least
    came = dict.fromkeys(choice.shown, Reason.SHOWN) | dict.fromkeys(choice.rest, Reason.REST)
    came |= {id_: Reason.UPDATE for id_ in choice.updates if came[id_] is Reason.SHOWN}
    heads = {id_: head for head, others in choice.folded for id_ in others}
    verdicts = []
    for place, one in enumerate(pool.ranked):
        verdict = _unwanted(pool, place, interest)
        if verdict is None and waits:
            verdict = Verdict(one.id, Reason.TOO_FEW, f"{choice.cards}, {at_least} wanted")
        elif verdict is None and one.id in heads:
            verdict = Verdict(one.id, Reason.FOLDED, other=heads[one.id])
        elif verdict is None and one.id in came:
            verdict = Verdict(one.id, came[one.id])
        elif verdict is None:
            assert one.story is not None  # noqa: S101 - all else was wanted, so it was chosen
            told = pool.told_with(one.story, interest)
            other = None if told is None else pool.ranked[told].id
            verdict = Verdict(one.id, Reason.TOLD, other=other)
        verdicts.append(verdict)
    return verdicts


def _unwanted(pool: Pool, place: int, interest: Interest) -> Verdict | None:
    """Why a candidate is not among those to choose from, if it is not."""
    one = pool.ranked[place]
    followed = [since for topic, since in interest.topics if topic in one.topics]
    if not followed:
        return Verdict(one.id, Reason.OTHER_TOPIC)
    if min(followed) >= one.sequence:
        return Verdict(one.id, Reason.FOLLOWED_LATER)
    if one.sequence <= interest.cursor:
        return Verdict(one.id, Reason.EARLIER)
    refused = pool.refusal(place, interest)
    return Verdict(one.id, *refused) if refused else None
