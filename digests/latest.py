"""The latest articles, where nothing is new: for a first digest, a forced one, and to look at.

An archive is in no story yet, so whatever is shown is compared on the spot, and told once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from digests import filters
from digests.digest import interest_of, pool_for
from digests.model import Candidate, Destination, Filters, Published
from digests.selection import Choice, points
from digests.storage import Connection, drafts, editions, library
from digests.stories import cards, trace, weave

FIRST = 5
"""How many articles a new subscription begins with."""

LOOKED_AT = 200
"""Among so many of the latest articles those are looked for that a destination never had."""

COMPARED = 60
"""So many of the latest articles are looked through for the same story."""


async def untold_articles(
    connection: Connection, destination: Destination, topic_ids: Sequence[int], most: int
) -> Choice:
    """The latest articles of these topics that the destination never had, each story once.

    What waits for its next digest is left to that.
    """
    interest = await interest_of(connection, destination)
    until = await library.latest_sequence(connection)
    told = await editions.told_articles(connection, destination.id)
    told |= (await drafts.left_out(connection, destination.id)).keys()
    told |= (await pool_for(connection, interest, until)).new_ids(interest)
    found = await library.latest(connection, topic_ids, LOOKED_AT)
    kept = [one for one in found if one.id in told or not _is_refused(one, interest.filters)]
    return told_once(kept, most, told)


async def latest_cards(
    connection: Connection, topic_ids: Sequence[int], most: int
) -> list[Published]:
    """The latest articles of these topics as cards, each story once."""
    found = await library.latest(connection, topic_ids, 2 * most)
    choice = told_once(found, most)
    return list(cards(choice.shown, choice, {one.id: one for one in found}).values())


def told_once(found: Sequence[Published], most: int, told: Collection[int] = ()) -> Choice:
    """The first of these articles, one for each story: the best; the others of it are folded.

    A story of which an article was ``told`` is left out. Only the first of them are compared, as
    they are: archives are in no story, and what was told long ago is not looked up.
    """
    stories = weave([trace(one) for one in reversed(found[:COMPARED])], ())
    groups: dict[int, list[Published]] = {}
    for one in found:
        groups.setdefault(stories.get(one.id, one.id), []).append(one)
    new = [group for group in groups.values() if not any(one.id in told for one in group)]
    shown: list[int] = []
    folded: list[tuple[int, tuple[int, ...]]] = []
    for group in new[:most]:
        best = max(group, key=_worth)
        shown.append(best.id)
        if others := tuple(one.id for one in group if one is not best):
            folded.append((best.id, others))
    return Choice(tuple(shown), folded=tuple(folded))


def _worth(one: Published) -> float:
    return points(_as_candidate(one))


def _as_candidate(one: Published) -> Candidate:
    article = one.article
    return Candidate(
        one.id,
        one.sequence,
        frozenset(),
        article.published_at,
        article.quality,
        article.heat,
        article.provider.name if article.provider else "",
    )


def _is_refused(one: Published, wanted: Filters) -> bool:
    article, candidate = one.article, _as_candidate(one)
    text = f"{article.title}\n{article.excerpt}"
    details = filters.Details(text, article.category, article.type)
    return filters.refusal(candidate, details, wanted) is not None
