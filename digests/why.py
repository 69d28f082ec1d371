"""An article and a destination in, why the one is in the other's digest or is not out."""

from __future__ import annotations

from dataclasses import replace

from digests.digest import interest_of, pool_for
from digests.model import Destination, Edition
from digests.reasons import Reason, Verdict
from digests.selection import Interest, Pool, explain
from digests.storage import Connection, candidates, drafts, editions, library

_COMES = {
    Reason.SHOWN: Reason.WAITING,
    Reason.UPDATE: Reason.WAITING,
    Reason.REST: Reason.WAITING,
    Reason.FOLDED: Reason.FOLDED,
}


async def why(connection: Connection, destination: Destination, article_id: int) -> Verdict:
    """What became, or becomes, of an article for a destination.

    Of what was told, the edition that holds it; of what was left out, the reason it would be left
    out for today by the same window.
    """
    found = await candidates.sequence_of(connection, article_id)
    if found is None:
        return Verdict(article_id, Reason.NOT_PUBLISHED)
    sequence, announced = found
    made = await editions.covering(connection, destination.id, sequence)
    for edition, number in made:
        verdict = _in_edition(article_id, edition, number)
        if verdict is not None:
            return verdict
    if not announced:
        return Verdict(article_id, Reason.OLD)
    left_out = await drafts.left_out(connection, destination.id)
    if article_id in left_out:
        return Verdict(article_id, Reason.LEFT_OUT, edition=left_out[article_id])
    interest = await interest_of(connection, destination)
    if sequence > destination.cursor:
        until = await library.latest_sequence(connection)
        at_least = destination.schedule.at_least
        verdict = await _explained(connection, interest, article_id, until, at_least)
        return replace(verdict, reason=_COMES.get(verdict.reason, verdict.reason))
    since, until = _window(made, sequence, destination.cursor)
    verdict = await _explained(connection, interest._replace(cursor=since), article_id, until, 1)
    if verdict.reason in _COMES:
        return Verdict(article_id, Reason.OTHERWISE_THEN)
    return verdict


def _in_edition(article_id: int, edition: Edition, number: int) -> Verdict | None:
    """What an edition made of an article, if it holds it."""
    digest = edition.digest
    for head, others in digest.folded:
        if article_id in others:
            return Verdict(article_id, Reason.FOLDED, other=head, edition=number)
    if article_id in digest.rest:
        return Verdict(article_id, Reason.REST, edition=number)
    if any(article_id in part for part in digest.parts):
        update = article_id in digest.updates
        reason = Reason.UPDATE if update else Reason.SHOWN
        return Verdict(article_id, reason, edition=number)
    return None


def _window(made: list[tuple[Edition, int]], sequence: int, cursor: int) -> tuple[int, int]:
    """The window in which an article was judged: that of the edition, or of a digest of nothing."""
    for edition, _ in made:
        if edition.since < sequence <= edition.until:
            return edition.since, edition.until
    return sequence - 1, cursor


async def _explained(
    connection: Connection, interest: Interest, article_id: int, until: int, at_least: int
) -> Verdict:
    pool = await pool_for(connection, interest, until)
    if all(one.id != article_id for one in pool.ranked):
        # None of its topics is followed: then it is not among those asked for.
        one = await candidates.of(connection, article_id)
        pool = Pool([one] if one else [])
    verdicts = explain(pool, interest, at_least=at_least)
    absent = Verdict(article_id, Reason.OTHER_TOPIC)
    return next((one for one in verdicts if one.article_id == article_id), absent)
