"""Domain values to and from the JSON that is stored for them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from digests.model import Article, Image, Provider, Related
from digests.storage.database import Connection

Body = dict[str, Any]


def article_to_body(article: Article) -> Body:
    """The whole article as JSON; what has its own column is not repeated."""
    body = asdict(article)
    for column in ("link", "published_at", "quality", "heat"):
        del body[column]
    body["updated_at"] = _text(article.updated_at)
    for written, one in zip(body["related"], article.related, strict=True):
        written["published_at"] = _text(one.published_at)
    return {key: value for key, value in body.items() if value}


def body_to_article(
    body: Body, *, link: str, published_at: datetime, quality: int | None, heat: int | None
) -> Article:
    """The article that ``article_to_body`` wrote."""
    provider = body.get("provider")
    return Article(
        link=link,
        title=body["title"],
        excerpt=body.get("excerpt", ""),
        published_at=published_at,
        updated_at=_time(body.get("updated_at")),
        category=body.get("category", ""),
        type=body.get("type", ""),
        quality=quality,
        heat=heat,
        provider=Provider(**provider) if provider else None,
        topics=tuple(body.get("topics", ())),
        images=tuple(Image(**one) for one in body.get("images", ())),
        related=tuple(
            Related(**{**one, "published_at": _time(one["published_at"])})
            for one in body.get("related", ())
        ),
        other_links=tuple(body.get("other_links", ())),
    )


def same_body(one: Body | None, other: Body) -> bool:
    """Whether two stored bodies say the same."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ``on_conflict_…``, which both databases spell alike."""
    if connection.dialect.name == "sqlite":
        return sqlite_insert(table)
    return cast(Insert, postgresql_insert(table))


def _text(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
