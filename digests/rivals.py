"""Files with the same link in, the one that counts and a warning for each other out (pure).

The newer wins: by publication, then by update; where both are equal, the path decides, so that it
never depends on which file was seen first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from digests.model import Problem, Severity

_NEVER = datetime.min.replace(tzinfo=UTC)


class Claim(NamedTuple):
    """A file that would publish a link."""

    path: str
    link: str
    published_at: datetime
    updated_at: datetime | None


def winners(claims: Iterable[Claim]) -> tuple[dict[str, str], list[Problem]]:
    """The path that counts, by link; and for every other path a warning."""
    best: dict[str, Claim] = {}
    beaten: list[Claim] = []
    for claim in claims:
        other = best.get(claim.link)
        if other is None:
            best[claim.link] = claim
            continue
        better, worse = (claim, other) if _beats(claim, other) else (other, claim)
        best[claim.link] = better
        beaten.append(worse)
    paths = {link: claim.path for link, claim in best.items()}
    return paths, [_duplicate(claim, paths[claim.link]) for claim in beaten]


def _beats(one: Claim, other: Claim) -> bool:
    mine = one.published_at, one.updated_at or _NEVER
    theirs = other.published_at, other.updated_at or _NEVER
    return mine > theirs or (mine == theirs and one.path < other.path)


def _duplicate(claim: Claim, winner: str) -> Problem:
    return Problem(
        claim.path,
        1,
        1,
        Severity.WARNING,
        "duplicate-link",
        claim.link[:80],
        f"a link of its own; {winner} has the same and is the one that counts",
        "Delete one of the two files, or correct webUrl.",
    )
