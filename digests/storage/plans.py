"""Planning in bulk: which destinations are due, and what was decided for them, by the thousand.

Nothing here goes row by row: see ``digests.storage.unpack``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
    update,
)

from digests.model import Cadence, Occasion, State
from digests.storage.columns import UtcDateTime
from digests.storage.database import Connection
from digests.storage.editions import Stored, save_digests
from digests.storage.review_tables import reviews
from digests.storage.schema import (
    counters,
    deliveries,
    destinations,
    digests,
    editions,
    subscriptions,
)
from digests.storage.unpack import Moments, Unpacked


class Due(NamedTuple):
    """What planning needs of a destination, as it is stored.

    From ``every`` to ``at_most`` it is the schedule, from ``at_most`` on the interest and the look.
    ``topics`` is ``topic:since,…``; there and in ``filtered_from`` sequences below all that the
    run knows are left out or 0, so that equal interests look equal.
    """

    id: int
    held: bool
    editions: int
    every: str
    at_minute: int
    zone: str
    day: int
    rhythm: str | None
    at_least: int
    at_most: int
    cursor: int
    filters: str | None
    filtered_from: int
    topics: str | None
    look: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is ahead of a planning run; ``lowest`` is the lowest cursor among the due."""

    until: int
    due: int
    lowest: int
    filtered: bool


class Decision(NamedTuple):
    """What was decided for a due destination.

    ``told``: its cursor moves to the run's ``until``. ``digest``: what it gets, if anything, from
    ``not_before`` on, as edition ``number``; 0 without one.
    """

    destination_id: int
    next_due: datetime | None
    told: bool
    digest: Stored | None = None
    number: int = 0
    not_before: datetime | None = None


def _sequence(name: str) -> ColumnElement[int]:
    value = select(counters.c.value).where(counters.c.name == name).scalar_subquery()
    return func.coalesce(value, 0)


async def anything_due(connection: Connection, now: datetime) -> bool:
    """Whether a tick has anything to do: a destination is due, or an article is in no story yet."""
    statement = _anything_due()
    return bool(await connection.scalar(statement, {"now": now}))


@cache
def _anything_due() -> Any:
    now = bindparam("now", type_=UtcDateTime)
    clock = exists().where(destinations.c.next_due <= now, _is_nobodys_draft())
    news = exists().where(_wants_news(_sequence("sequence")))
    unwoven = _sequence("woven") < _sequence("sequence")
    return select(or_(unwoven, clock, news))


def _is_nobodys_draft() -> ColumnElement[bool]:
    """Where editors see each edition first, ``digests.drafts`` plans; news at once has no draft."""
    reviewed = exists().where(reviews.c.destination_id == destinations.c.id)
    return or_(~reviewed, destinations.c.every == Cadence.INSTANTLY.value)


def _wants_news(until: ColumnElement[int] | int) -> ColumnElement[bool]:
    return and_(
        text("destinations.every = 'instantly'"),  # in words, for an index that is only for these
        destinations.c.next_due.is_(None),
        destinations.c.cursor < until,
    )


async def prospect(connection: Connection, now: datetime, until: int) -> Prospect:
    """What a run at ``now`` has before it, told of articles up to ``until``."""
    numbers = (
        func.count().label("due"),
        func.min(destinations.c.cursor).label("lowest"),
        func.count(destinations.c.filters).label("filtered"),
    )
    rows = await connection.execute(
        union_all(
            select(*numbers).where(destinations.c.next_due <= now, _is_nobodys_draft()),
            select(*numbers).where(_wants_news(until)),
        )
    )
    found = [row for row in rows if row.due]
    return Prospect(
        until,
        due=sum(row.due for row in found),
        lowest=min((row.lowest for row in found), default=until),
        filtered=any(row.filtered for row in found),
    )


async def due(
    connection: Connection, now: datetime, until: int, most: int, *, oldest: int = 0
) -> list[Due]:
    """Destinations whose time has come, by the clock or because something new is there.

    The longest due first. The rows are locked; those that another process has locked are left
    to it. ``oldest`` is the lowest sequence that the run knows.
    """
    given = {"now": now, "until": until, "most": most, "oldest": oldest}
    by_clock, by_news = _due()
    found = [Due._make(row) for row in await connection.execute(by_clock, given)]
    if len(found) < most:
        given["most"] = most - len(found)
        found += [Due._make(row) for row in await connection.execute(by_news, given)]
    return found


@cache
def _due() -> tuple[Any, Any]:
    number = BigInteger()
    oldest = bindparam("oldest", type_=number)
    until = bindparam("until", type_=number)

    topic, since = cast(subscriptions.c.topic_id, Text), subscriptions.c.since
    followed = case((since < oldest, topic), else_=topic + ":" + cast(since, Text))
    topics = (
        select(func.aggregate_strings(followed, ","))
        .where(subscriptions.c.destination_id == destinations.c.id)
        .scalar_subquery()
    )
    columns: dict[str, ColumnElement[Any]] = dict(destinations.c.items())
    columns["held"] = destinations.c.held.is_not(None)
    filtered_from = destinations.c.filtered_from
    columns["filtered_from"] = case((filtered_from < oldest, 0), else_=filtered_from)
    columns["topics"] = topics
    wanted = (
        select(*(columns[name] for name in Due._fields))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=destinations)
    )
    ready = destinations.c.next_due <= bindparam("now", type_=UtcDateTime)
    by_clock = wanted.where(ready, _is_nobodys_draft()).order_by(
        destinations.c.next_due, destinations.c.id
    )
    return by_clock, wanted.where(_wants_news(until))


async def carry_out(
    connection: Connection,
    decided: Sequence[Decision],
    until: int,
    now: datetime,
    nonces: Callable[[int], Sequence[str]],
) -> int:
    """Write what was decided: digests, editions, deliveries, and when each is due again.

    A delivery is written for each message, with one of so many ``nonces``; how many they are.
    """
    dialect = connection.dialect.name
    written = _Written(connection)
    drawn = iter(nonces(sum([one.digest.messages for one in decided if one.digest is not None])))
    # Written by hand, at half the cost: nothing in them has to be escaped.
    rows, promised = [], []
    for id_, next_due, told, digest, number, not_before in decided:
        key = "null" if digest is None else f'"{digest.key}"'
        rows.append(f"[{id_},{written[next_due]},{told:d},{number},{key}]")
        promised += [
            f'[{id_},{number},{part},"{next(drawn)}",{written[not_before]}]'
            for part in range(0 if digest is None else digest.messages)
        ]
    given = {"rows": f"[{','.join(rows)}]", "until": until}
    if promised:
        await save_digests(connection, [one.digest for one in decided if one.digest is not None])
        await connection.execute(_insert_editions(dialect), given | {"now": now})
        sent = {"rows": f"[{','.join(promised)}]"}
        await connection.execute(_insert_deliveries(dialect), sent)
    await connection.execute(_advance(dialect), given)
    return len(promised)


class _Written(dict[datetime | None, str]):
    """Moments as JSON; few of many are different."""

    def __init__(self, connection: Connection) -> None:
        super().__init__({None: "null"})
        self._moments = Moments(connection)

    def __missing__(self, moment: datetime | None) -> str:
        text = self[moment] = f'"{self._moments.text(moment)}"'
        return text


@cache
def _insert_editions(dialect: str) -> Any:
    given = Unpacked(dialect)
    now = bindparam("now", type_=UtcDateTime)
    chosen = {
        "destination_id": destinations.c.id,
        "number": given.number(3),
        "digest_id": digests.c.id,
        "occasion": literal(Occasion.SCHEDULED.value),
        "since": destinations.c.cursor,
        "until": bindparam("until", type_=BigInteger),
        "slot": func.coalesce(destinations.c.next_due, now),
        "planned_at": now,
    }
    return editions.insert().from_select(
        list(chosen),
        select(*chosen.values())
        .select_from(given.rows)
        .join(destinations, destinations.c.id == given.number(0))
        .join(digests, digests.c.key == given.text(4)),
    )


@cache
def _insert_deliveries(dialect: str) -> Any:
    given = Unpacked(dialect)
    chosen = {
        "edition_id": editions.c.id,
        "destination_id": editions.c.destination_id,
        "part": given.number(2),
        "nonce": given.text(3),
        "state": literal(State.WAITING.value),
        "attempt": literal(0),
        "not_before": given.moment(4),
    }
    this = and_(editions.c.destination_id == given.number(0), editions.c.number == given.number(1))
    return deliveries.insert().from_select(
        list(chosen), select(*chosen.values()).select_from(given.rows).join(editions, this)
    )


@cache
def _advance(dialect: str) -> Any:
    given = Unpacked(dialect)
    until = bindparam("until", type_=BigInteger)
    return (
        update(destinations)
        .where(destinations.c.id == given.number(0))
        .values(
            # It never goes back: a digest may have been forced since this run began.
            cursor=case(
                (and_(given.number(2) == 1, destinations.c.cursor < until), until),
                else_=destinations.c.cursor,
            ),
            next_due=given.moment(1),
            editions=case((given.number(3) > 0, given.number(3)), else_=destinations.c.editions),
        )
    )
