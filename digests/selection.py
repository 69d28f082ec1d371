"""Candidates and what a destination follows in, the articles of its digest out (pure).

Order: newest first by publication, then by sequence, so that equal input gives an equal digest.
"""

from collections.abc import Iterable, Mapping

from digests.model import Candidate


def choose(candidates: Iterable[Candidate], since: Mapping[int, int]) -> list[Candidate]:
    """The candidates of followed topics, ranked; ``since`` maps a topic id to a sequence.

    A candidate is new to the destination when one of its topics is followed from a lower
    sequence than the candidate's.
    """
    chosen = [
        candidate
        for candidate in candidates
        if any(
            since.get(topic, candidate.sequence) < candidate.sequence for topic in candidate.topics
        )
    ]
    return rank(chosen)


def rank(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Newest first; equal times by sequence, so the order never depends on the database."""
    return sorted(candidates, key=lambda one: (one.published_at, one.sequence), reverse=True)
