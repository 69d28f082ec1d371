"""The rows of revisions: articles whose cards say something else now, and how far that is done.

One row an article. It is written in the transaction that changes the article, and is gone once
every message that shows it is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, select, text, update

from digests.storage.columns import UtcDateTime
from digests.storage.database import Connection
from digests.storage.files import chunks
from digests.storage.rows import insert
from digests.storage.schema import articles, counters, revisions
from digests.visible import Place, differ, seen

_CLAIMING = 0x636C6169
_COUNTER = "changes"


class Before(NamedTuple):
    """What an article's cards said before it changed: their mark, and whether it was withdrawn.

    The mark is None where it is not known.
    """

    article_id: int
    was: str | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """An article whose cards say something else since ``at``.

    ``was`` is the mark of what they said before the change ``first``, and ``gone`` whether it was
    withdrawn; ``now`` is the mark of what they have to say since the change ``last``, None that
    it is withdrawn. Digests below ``digest_id`` are done, and in that one the editions up to
    ``edition_id``.
    """

    article_id: int
    was: str | None
    gone: bool
    now: str | None
    at: datetime
    first: int
    last: int
    digest_id: int
    edition_id: int

    def then(self, message_seen: int) -> str | None:
        """What a message said that was drawn at this change; None where that is not known."""
        return self.was if message_seen < self.first else None

    def is_seen(self, place: Place, message_seen: int) -> bool:
        """Whether readers see the difference there, in a message that was drawn at this change."""
        if message_seen >= self.last:
            return False
        then = self.then(message_seen)
        if then is None or self.gone != (self.now is None):
            return True
        return self.now is not None and differ(then, self.now, place)

    def is_noted(self, message_seen: int) -> bool:
        """Whether the card has to say there that it was corrected."""
        return self.now is not None and self.then(message_seen) != self.now


async def revise(connection: Connection, changed: Iterable[Before], now: datetime) -> None:
    """Articles say something else from now on; in the transaction that makes them say it."""
    rows = [
        {"article_id": one.article_id, "was": one.was, "gone": one.gone, "at": now}
        for one in sorted(changed)
    ]
    if not rows:
        return
    counted = insert(connection, counters).values(name=_COUNTER, value=1)
    change = await connection.scalar(
        counted.on_conflict_do_update(
            index_elements=["name"], set_={"value": counters.c.value + 1}
        ).returning(counters.c.value)
    )
    first = (
        select(articles.c.digests_before + 1)
        .where(articles.c.id == bindparam("article_id"))
        .scalar_subquery()
    )
    statement = insert(connection, revisions).values(
        article_id=bindparam("article_id"),
        was=bindparam("was"),
        gone=bindparam("gone"),
        at=bindparam("at", type_=UtcDateTime),
        first=change,
        last=change,
        digest_id=first,
        edition_id=0,
    )
    # What the cards said before the first change stays what it was.
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["article_id"],
            set_={
                "at": statement.excluded.at,
                "last": change,
                "digest_id": statement.excluded.digest_id,
                "edition_id": 0,
            },
        ),
        rows,
    )


def changes() -> ColumnElement[int]:
    """How many changes of articles there were: what is drawn now is drawn at this one."""
    value = select(counters.c.value).where(counters.c.name == _COUNTER).scalar_subquery()
    return func.coalesce(value, 0)


async def pending(connection: Connection, before: datetime, most: int) -> list[Revision]:
    """Revisions that are older than ``before``, those that are least done first."""
    rows = await connection.execute(
        select(
            revisions,
            articles.c.body,
            articles.c.published_at,
        )
        .join(articles, articles.c.id == revisions.c.article_id)
        .where(revisions.c.at <= before)
        .order_by(revisions.c.digest_id, revisions.c.article_id)
        .limit(most)
    )
    return [
        Revision(
            row.article_id,
            row.was,
            row.gone,
            None if row.body is None else seen(row.body, row.published_at),
            row.at,
            row.first,
            row.last,
            row.digest_id,
            row.edition_id,
        )
        for row in rows
    ]


async def own(connection: Connection, wanted: Iterable[Revision]) -> bool:
    """Lock these revisions; whether they are all still as they were when they were read."""
    as_read = {(one.article_id, one.last, one.digest_id, one.edition_id) for one in wanted}
    found = set()
    for chunk in chunks(sorted(one[0] for one in as_read)):
        rows = await connection.execute(
            select(
                revisions.c.article_id,
                revisions.c.last,
                revisions.c.digest_id,
                revisions.c.edition_id,
            )
            .where(revisions.c.article_id.in_(chunk))
            .order_by(revisions.c.article_id)
            .with_for_update()
        )
        found |= {tuple(row) for row in rows}
    return found == as_read


async def advance(
    connection: Connection, done: Iterable[Revision], digest_id: int, edition_id: int = 0
) -> None:
    """Digests below this one are done, and in it the editions up to this one."""
    for chunk in chunks(sorted(one.article_id for one in done)):
        await connection.execute(
            update(revisions)
            .where(revisions.c.article_id.in_(chunk))
            .values(digest_id=digest_id, edition_id=edition_id)
        )


async def finish(connection: Connection, done: Iterable[Revision]) -> None:
    """Every message that shows these articles is found."""
    for chunk in chunks(sorted(one.article_id for one in done)):
        await connection.execute(delete(revisions).where(revisions.c.article_id.in_(chunk)))


async def await_claims(connection: Connection) -> None:
    """Until every claim that began before now is there to be seen; on SQLite it always is.

    A claim reads articles before anybody else sees that their messages are under way.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_CLAIMING})"))


async def begin_claim(connection: Connection) -> None:
    """What ``await_claims`` waits for: from here until this transaction ends."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock_shared({_CLAIMING})"))
