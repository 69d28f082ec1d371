"""A message that is posted, as it has to look now: what its articles say, and what was withdrawn.

What was once posted keeps its place. So a card that is withdrawn becomes a line, and no other
card moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from digests.model import Article, Destination, Digest, Look, Published, Related
from digests.stories import card, links_to


@dataclass(frozen=True, slots=True)
class Shown:
    """One place in a message.

    ``article`` is None where it was withdrawn; ``also`` are then the others of its story, which
    are still there. ``corrected_at``: it says something else since then. ``was`` is the mark of
    what it said when the message was posted, where that is not what it says now.
    """

    article: Article | None
    corrected_at: datetime | None = None
    also: tuple[Related, ...] = ()
    was: str | None = None


class Change(NamedTuple):
    """What became of an article in a message: its first mark, and since when it bears the note."""

    was: str | None
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class Edit:
    """A posted message, claimed to be edited until it looks like this.

    ``id`` is its delivery's. ``number`` counts what became of its articles, ``attempt`` its
    claims, ``tries`` those that failed since. ``rename``: if it opened a forum post that is
    called like its only article (``alone``), the name may be wrong too. ``earlier`` is what the
    messages of the edition before it show; ``look`` and ``colour`` are those it was posted with.
    """

    id: int
    number: int
    attempt: int
    tries: int
    rename: bool
    destination: Destination
    channel_id: int
    message_id: int
    edition: int
    part: int
    parts: int
    alone: bool
    shown: tuple[Shown, ...]
    earlier: tuple[tuple[Shown, ...], ...] = ()
    look: Look = Look.CARDS
    colour: int | None = None


def shown_now(
    part: Iterable[int],
    digest: Digest,
    found: Mapping[int, Published],
    omitted: Collection[int] = (),
    changed: Mapping[int, Change] | None = None,
) -> tuple[Shown, ...]:
    """What a message shows now that was made of this part of a digest.

    ``found`` are the articles that are published now, ``omitted`` those that were not when the
    message was made, ``changed`` says what became of those that changed since.
    """
    folded = dict(digest.folded)
    changes = changed or {}
    places = []
    for head in part:
        there = [one for one in (head, *folded.get(head, ())) if one not in omitted]
        if not there:
            continue
        others = [found[one] for one in there[1:] if one in found]
        change = changes.get(there[0], Change(None, None))
        if there[0] in found:
            told = card(found[there[0]], others, update=head in digest.updates)
            places.append(Shown(told.article, change.corrected_at, was=change.was))
        else:
            places.append(Shown(None, also=links_to(others), was=change.was))
    return tuple(places)
