"""The catalog's rows of articles: published for the first time, changed, withdrawn, asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Dialect,
    Row,
    Select,
    TypeDecorator,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)

from digests import record
from digests.model import Published
from digests.record import Record
from digests.storage import revisions
from digests.storage.database import Connection
from digests.storage.files import chunks
from digests.storage.revisions import Before
from digests.storage.rows import insert
from digests.storage.schema import article_topics, articles, counters, digests, files, topics
from digests.storage.topics import drop_topics, find_topic, list_topics, set_topics
from digests.storage.unpack import Moments, Unpacked, packed
from digests.visible import seen

# The topics of articles have a module of their own; who asks for articles finds them here.
__all__ = ["find_topic", "list_topics", "set_topics"]

_LOCK = 0x6C696272

MANY = 1_000
"""From so many articles on, the newest are looked for among all, not among those of a topic."""


class ReadyJson(TypeDecorator[str]):
    """JSON that comes as text already, and is stored as it is."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Nothing to do."""


_READY_BODY = {"body": bindparam("body", type_=ReadyJson())}


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What the catalog must know of an article it has, to tell new from changed."""

    id: int
    published_at: datetime
    quality: int | None
    heat: int | None
    withdrawn: bool
    body: record.Body | None
    said: str | None = None

    @property
    def mark(self) -> str | None:
        """What its cards say, or said when it was withdrawn; None where that is not known."""
        return self.said if self.body is None else seen(self.body, self.published_at)

    def is_told_by(self, told: Record) -> bool:
        """Whether the article is published, and exactly as this record has it."""
        return (
            not self.withdrawn
            and (self.published_at, self.quality, self.heat)
            == (told.published_at, told.quality, told.heat)
            and self.body == json.loads(told.body)
        )


async def lock(connection: Connection) -> None:
    """Keep other processes from changing the library until this transaction ends."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


async def known_articles(connection: Connection, links: Collection[str]) -> dict[str, KnownArticle]:
    """The articles that have these links, by link."""
    known: dict[str, KnownArticle] = {}
    for chunk in chunks(links):
        rows = await connection.execute(select(articles).where(articles.c.link.in_(chunk)))
        for row in rows:
            known[row.link] = KnownArticle(
                row.id,
                row.published_at,
                row.quality,
                row.heat,
                row.withdrawn_at is not None,
                row.body,
                row.said,
            )
    return known


async def latest_sequence(connection: Connection) -> int:
    """The highest sequence given so far; 0 before the first."""
    value = await connection.scalar(select(counters.c.value).where(counters.c.name == "sequence"))
    return int(value or 0)


async def add_articles(
    connection: Connection, new: Sequence[tuple[Record, bool]]
) -> dict[str, int]:
    """Publish articles for the first time, in this order; ``(record, announced)`` to link: id.

    The counter's row stays locked until the transaction ends, so numbers become visible in
    their order, whoever else publishes. The number is the row's id as well.
    """
    if not new:
        return {}
    statement = insert(connection, counters).values(name="sequence", value=len(new))
    last = await connection.scalar(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"value": counters.c.value + len(new)}
        ).returning(counters.c.value)
    )
    assert last is not None  # noqa: S101 - RETURNING gives the row it wrote
    first = last - len(new) + 1
    moments = Moments(connection)
    await connection.execute(
        _add_articles(connection.dialect.name),
        packed(
            (
                number,
                told.link,
                announced,
                moments.text(told.published_at),
                told.quality,
                told.heat,
                told.provider,
                told.body,
            )
            for number, (told, announced) in enumerate(new, first)
        ),
    )
    return {told.link: number for number, (told, _) in enumerate(new, first)}


@cache
def _add_articles(dialect: str) -> Any:
    one = Unpacked(dialect)
    columns: dict[str, ColumnElement[Any]] = {
        "id": one.number(0),
        "sequence": one.number(0),
        "link": one.text(1),
        "announced": one.flag(2),
        "published_at": one.moment(3),
        "quality": one.number(4),
        "heat": one.number(5),
        "provider": one.text(6),
        "body": one.json_text(7),
        "digests_before": func.coalesce(select(func.max(digests.c.id)).scalar_subquery(), 0),
    }
    source = select(*columns.values()).select_from(one.rows)
    return articles.insert().from_select(list(columns), source, include_defaults=False)


async def change_articles(connection: Connection, changed: Mapping[int, Record]) -> None:
    """Replace what is known of articles, by id; a withdrawn one is published again."""
    if changed:
        await connection.execute(
            update(articles)
            .where(articles.c.id == bindparam("changed_id"))
            .values(withdrawn_at=None, said=None, **_READY_BODY),
            [{"changed_id": id_, **_columns(told)} for id_, told in sorted(changed.items())],
        )


async def withdraw_orphans(
    connection: Connection, ids: Collection[int], now: datetime
) -> list[int]:
    """Take articles back that no file publishes any more; their ids.

    Their words go; files that were left out in their favour are forgotten, to be read again.
    """
    kept = files.alias()
    published = select(kept.c.article_id).where(kept.c.status == "published")
    gone: list[int] = []
    for chunk in chunks(sorted(ids)):
        rows = await connection.scalars(
            select(articles.c.id).where(
                articles.c.id.in_(chunk),
                articles.c.withdrawn_at.is_(None),
                articles.c.id.not_in(published.where(kept.c.article_id.in_(chunk))),
            )
        )
        gone += rows.all()
    await revisions.revise(connection, await _forget_words(connection, gone, now), now)
    for chunk in chunks(gone):
        await connection.execute(delete(files).where(files.c.article_id.in_(chunk)))
        await drop_topics(connection, chunk)
    return gone


async def _forget_words(
    connection: Connection, ids: Collection[int], now: datetime
) -> list[Before]:
    """Withdraw articles: of what they said, a mark stays; what that was."""
    before: list[Before] = []
    for chunk in chunks(ids):
        rows = await connection.execute(
            select(articles.c.id, articles.c.body, articles.c.published_at)
            .where(articles.c.id.in_(chunk))
            .order_by(articles.c.id)
        )
        before += [Before(row.id, seen(row.body, row.published_at), gone=False) for row in rows]
    if before:
        await connection.execute(
            update(articles)
            .where(articles.c.id == bindparam("gone_id"))
            .values(withdrawn_at=now, body=None, provider="", said=bindparam("mark")),
            [{"gone_id": one.article_id, "mark": one.was} for one in before],
        )
    return before


async def published(connection: Connection, ids: Collection[int]) -> dict[int, Published]:
    """The articles of these ids that are published now, by id."""
    found: dict[int, Published] = {}
    for chunk in chunks(sorted(ids)):
        rows = await connection.execute(_published().where(articles.c.id.in_(chunk)))
        found.update({row.id: _article(row) for row in rows})
    return found


async def count_published(connection: Connection) -> int:
    """How many articles are published now."""
    everything = select(func.count()).select_from(articles)
    withdrawn = select(func.count()).where(articles.c.withdrawn_at.is_not(None))
    return (await connection.scalar(everything) or 0) - (await connection.scalar(withdrawn) or 0)


async def latest(
    connection: Connection,
    topic_ids: Collection[int],
    most: int,
    *,
    without: Collection[int] = (),
) -> list[Published]:
    """The newest published articles of these topics, except those of the ids ``without``."""
    carried = article_topics.c.article_id
    on_topic = article_topics.c.topic_id.in_(topic_ids)
    count = select(func.sum(topics.c.articles)).where(topics.c.id.in_(topic_ids))
    tagged: ColumnElement[bool] = articles.c.id.in_(select(carried).where(on_topic))
    if (await connection.scalar(count) or 0) > MANY:
        # The newest first, until there are enough: of many articles, some are soon found.
        tagged = select(carried).where(carried == articles.c.id, on_topic).exists()
    statement = (
        _published()
        .where(tagged, articles.c.id.not_in(without))
        .order_by(articles.c.published_at.desc(), articles.c.sequence.desc())
        .limit(most)
    )
    return [_article(row) for row in await connection.execute(statement)]


def _published() -> Select[Any]:
    return select(articles).where(articles.c.withdrawn_at.is_(None))


def _article(row: Row[Any]) -> Published:
    article = record.to_article(
        row.body, link=row.link, published_at=row.published_at, quality=row.quality, heat=row.heat
    )
    return Published(row.id, row.sequence, row.announced, article)


def _columns(told: Record) -> dict[str, object]:
    return {
        "published_at": told.published_at,
        "quality": told.quality,
        "heat": told.heat,
        "provider": told.provider,
        "body": told.body,
    }
