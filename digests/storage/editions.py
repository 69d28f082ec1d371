"""The rows of digests and editions: what was chosen, for whom, and what somebody has had."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, case, func, select, true
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from digests.model import Digest, Edition, Look, Occasion, State
from digests.storage.database import Connection
from digests.storage.schema import deliveries, digests, editions
from digests.storage.unpack import Unpacked

_KEPT = 50_000  # ids remembered as text
_KEPT_DIGESTS = 5_000  # digests remembered, to store equal ones once
_LONGEST = 2_000  # characters of one that is remembered

_UNSETTLED = (State.WAITING.value, State.SENDING.value, State.HELD.value)


# Keys rise, so that their index is written in one place, and two processes never make the same.
_PROCESS = secrets.token_urlsafe(9)
_made = count()


class Stored(NamedTuple):
    """A digest as it is stored: ``row`` in JSON; ``key`` is what equal digests have in common."""

    key: str
    row: str
    messages: int


def as_stored(digest: Digest) -> Stored:
    """A digest on its way to the database: written out once, however many get it.

    Equal digests of one process are one, as long as not too many others were made in between.
    """
    parts = ",".join([_listed(part) for part in digest.parts])
    rest = _listed(digest.rest)
    folded = json.dumps(digest.folded) if digest.folded else "[]"
    updates = _listed(digest.updates) if digest.updates else "[]"
    # Lists of numbers, each the text of a column: nothing in them has to be escaped.
    columns = f'"[{parts}]","{rest}","{folded}","{updates}","{digest.look}"'
    key = _known_key(columns) if len(columns) <= _LONGEST else _new_key()
    return Stored(key, f'["{key}",{columns}]', len(digest.parts))


def _new_key() -> str:
    return f"{_PROCESS}{next(_made):08x}"


@lru_cache(maxsize=_KEPT_DIGESTS)
def _known_key(_: str) -> str:
    return _new_key()


class _Written(dict[int, str]):
    """Ids as text. The same come again and again, and to look one up is half of writing it."""

    def __missing__(self, id_: int) -> str:
        if len(self) >= _KEPT:
            self.clear()
        text = self[id_] = str(id_)
        return text


_written = _Written()


def _listed(ids: Iterable[int]) -> str:
    return f"[{','.join(map(_written.__getitem__, ids))}]"


async def save_digests(connection: Connection, wanted: Iterable[Stored]) -> None:
    """Store digests, equal ones once."""
    once = {one.key: one.row for one in wanted}
    # In order: so the index takes them best, and two planners never wait for each other.
    rows = ",".join([once[key] for key in sorted(once)])
    await connection.execute(_insert_digests(connection.dialect.name), {"rows": f"[{rows}]"})


@cache
def _insert_digests(dialect: str) -> Any:
    given = Unpacked(dialect)
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    # Without a WHERE, SQLite takes ON CONFLICT for a join.
    lists = map(given.json_text, range(1, 5))
    chosen = select(given.text(0), *lists, given.text(5)).select_from(given.rows)
    statement = insert(digests).from_select(
        ["key", "parts", "rest", "folded", "updates", "drawn_as"], chosen.where(true())
    )
    return statement.on_conflict_do_nothing()


async def save_editions(
    connection: Connection, numbered: Sequence[tuple[int, Edition, str]], now: datetime
) -> None:
    """Store editions: (number, edition, key of its stored digest) each."""
    if not numbered:
        return
    digest_id = (
        select(digests.c.id).where(digests.c.key == bindparam("digest_key")).scalar_subquery()
    )
    await connection.execute(
        editions.insert().values(digest_id=digest_id),
        [
            {
                "destination_id": edition.destination_id,
                "number": number,
                "digest_key": key,
                "occasion": edition.occasion.value,
                "since": edition.since,
                "until": edition.until,
                "slot": edition.slot,
                "planned_at": now,
            }
            for number, edition, key in numbered
        ],
    )


async def told_articles(connection: Connection, destination_id: int) -> set[int]:
    """Ids of all articles that were ever in an edition for this destination."""
    rows = await connection.execute(
        select(digests)
        .join(editions, editions.c.digest_id == digests.c.id)
        .where(editions.c.destination_id == destination_id)
    )
    return {id_ for row in rows for id_ in to_digest(row).articles}


async def told_until(
    connection: Connection, destination_id: int, before: int | None = None
) -> datetime | None:
    """Up to when a destination had been told of everything, before this edition or by now.

    That is when the edition before was made. First editions of further topics do not count: they
    tell nothing of what else is new. None if nothing was ever made.
    """
    first = editions.c.occasion == Occasion.FIRST.value
    statement = (
        select(editions.c.planned_at)
        .where(editions.c.destination_id == destination_id)
        .order_by(case((first, editions.c.number), else_=-editions.c.number))
        .limit(1)
    )
    if before is not None:
        statement = statement.where(editions.c.number < before)
    return await connection.scalar(statement)


async def covering(
    connection: Connection, destination_id: int, sequence: int
) -> list[tuple[Edition, int]]:
    """Editions of a destination that were made when this sequence was there, with their numbers.

    The earliest first: the one that covers it, and any that brought it later.
    """
    rows = await connection.execute(
        select(editions, digests)
        .join(digests, digests.c.id == editions.c.digest_id)
        .where(editions.c.destination_id == destination_id, editions.c.until >= sequence)
        .order_by(editions.c.number)
    )
    return [(_to_edition(row), row.number) for row in rows]


def _to_edition(row: Row[Any]) -> Edition:
    return Edition(
        destination_id=row.destination_id,
        occasion=Occasion(row.occasion),
        digest=to_digest(row),
        since=row.since,
        until=row.until,
        slot=row.slot,
    )


async def latest_edition(
    connection: Connection, destination_id: int, occasion: Occasion | None = None
) -> tuple[datetime, bool] | None:
    """When the last edition was planned, and whether all of it is settled."""
    statement = select(editions.c.id, editions.c.planned_at).where(
        editions.c.destination_id == destination_id
    )
    if occasion is not None:
        statement = statement.where(editions.c.occasion == occasion.value)
    row = (await connection.execute(statement.order_by(editions.c.id.desc()).limit(1))).first()
    if row is None:
        return None
    unsettled = await connection.scalar(
        select(func.count()).where(
            deliveries.c.edition_id == row.id, deliveries.c.state.in_(_UNSETTLED)
        )
    )
    return row.planned_at, not unsettled


async def digest_of(connection: Connection, edition_id: int) -> tuple[int, Digest] | None:
    """An edition's destination id and digest."""
    row = (
        await connection.execute(
            select(editions.c.destination_id, digests)
            .join(digests, digests.c.id == editions.c.digest_id)
            .where(editions.c.id == edition_id)
        )
    ).first()
    return (row.destination_id, to_digest(row)) if row else None


def drawn_as() -> ColumnElement[str]:
    """The look that a delivery's message has: its own where it had to be a plainer one."""
    look: ColumnElement[str] = func.coalesce(deliveries.c.look, digests.c.drawn_as)
    return look.label("drawn_as")


def to_digest(row: Row[Any]) -> Digest:
    """A row that holds every column of ``digests``."""
    return Digest(
        parts=tuple(map(tuple, row.parts)),
        rest=tuple(row.rest),
        folded=tuple((head, tuple(others)) for head, others in row.folded),
        updates=tuple(row.updates),
        look=Look(row.drawn_as),
    )
