"""Candidates for digests: new articles with their topics, and the earlier ones of their stories."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from digests.filters import Details
from digests.model import Candidate
from digests.storage.database import Connection
from digests.storage.schema import article_topics, articles, stories

_CHUNK = 500


async def between(
    connection: Connection, since: int, until: int, topic_ids: Collection[int] | None = None
) -> list[Candidate]:
    """Announced, published articles with ``since < sequence <= until``; of some topics or of all.

    With them come the earlier articles of the stories that they are in.
    """
    window = and_(articles.c.sequence > since, articles.c.sequence <= until)
    if topic_ids is not None:
        tagged = select(article_topics.c.article_id).where(article_topics.c.topic_id.in_(topic_ids))
        window &= articles.c.id.in_(tagged)
    found = await _candidates(connection, window)
    told = {one.story for one in found if one.story is not None}
    known = {one.id for one in found}
    for chunk in _chunks(told):
        members = select(stories.c.article_id).where(stories.c.story.in_(chunk))
        earlier = and_(articles.c.id.in_(members), articles.c.sequence <= until)
        found += [one for one in await _candidates(connection, earlier) if one.id not in known]
    return found


async def of(connection: Connection, article_id: int) -> Candidate | None:
    """One article as a candidate, if it is announced, published and has a topic."""
    found = await _candidates(connection, articles.c.id == article_id)
    return found[0] if found else None


async def sequence_of(connection: Connection, article_id: int) -> tuple[int, bool] | None:
    """A published article's sequence, and whether it was announced as new."""
    row = (
        await connection.execute(
            select(articles.c.sequence, articles.c.announced).where(
                articles.c.id == article_id, articles.c.withdrawn_at.is_(None)
            )
        )
    ).first()
    return (row.sequence, row.announced) if row else None


async def highest_below(connection: Connection, until: int, most: int) -> int:
    """The sequence above which, up to ``until``, there are ``most`` announced articles; else 0."""
    statement = (
        select(articles.c.sequence)
        .where(articles.c.announced, articles.c.sequence <= until)
        .order_by(articles.c.sequence.desc())
        .offset(most)
        .limit(1)
    )
    return await connection.scalar(statement) or 0


async def details(connection: Connection, ids: Collection[int]) -> dict[int, Details]:
    """What filters by words, category or type ask of articles, by id."""
    found: dict[int, Details] = {}
    keys = ("title", "excerpt", "category", "type")
    values = [articles.c.body[key].as_string() for key in keys]
    for chunk in _chunks(ids):
        rows = await connection.execute(
            select(articles.c.id, *values).where(
                articles.c.id.in_(chunk), articles.c.withdrawn_at.is_(None)
            )
        )
        for id_, title, excerpt, category, type_ in rows:
            found[id_] = Details(f"{title}\n{excerpt or ''}", category or "", type_ or "")
    return found


async def _candidates(connection: Connection, which: ColumnElement[bool]) -> list[Candidate]:
    rows = await connection.execute(
        select(
            articles.c.id,
            articles.c.sequence,
            articles.c.published_at,
            articles.c.quality,
            articles.c.heat,
            articles.c.provider,
            stories.c.story,
            article_topics.c.topic_id,
        )
        .join(article_topics, article_topics.c.article_id == articles.c.id)
        .outerjoin(stories, stories.c.article_id == articles.c.id)
        .where(which, articles.c.announced, articles.c.withdrawn_at.is_(None))
        .order_by(articles.c.sequence)
    )
    grouped: dict[int, tuple[Any, set[int]]] = {}
    for row in rows:
        grouped.setdefault(row.id, (row, set()))[1].add(row.topic_id)
    return [
        Candidate(
            id=row.id,
            sequence=row.sequence,
            topics=frozenset(labels),
            published_at=row.published_at,
            quality=row.quality,
            heat=row.heat,
            provider=row.provider,
            story=row.story,
        )
        for row, labels in grouped.values()
    ]


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    batch = sorted(ids)
    return (batch[start : start + _CHUNK] for start in range(0, len(batch), _CHUNK))
