"""An article in, what the catalog stores of it out, and back (pure).

Made where the file was read, often in another process: a few values and one text travel faster
than a tree of objects, and the text is stored as it comes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from digests.model import Article, Image, Provider, Related

Body = Mapping[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Record(NamedTuple):
    """What is stored of an article: what has a column of its own, and ``body``, JSON of the rest.

    ``topics`` are as written; ``provider`` is a name, empty where the file gives none.
    """

    link: str
    published_at: datetime
    updated_at: datetime | None
    quality: int | None
    heat: int | None
    provider: str
    topics: tuple[str, ...]
    body: str


def to_record(article: Article) -> Record:
    """The whole article; equal articles give equal records."""
    # By hand: ``dataclasses.asdict`` takes ten times as long.
    body: dict[str, object] = {"title": article.title, "excerpt": article.excerpt}
    provider = article.provider
    if article.updated_at:
        body["updated_at"] = article.updated_at.isoformat()
    if article.category:
        body["category"] = article.category
    if article.type:
        body["type"] = article.type
    if provider:
        body["provider"] = {
            "name": provider.name,
            "domain": provider.domain,
            "icon": provider.icon,
        }
    if article.topics:
        body["topics"] = article.topics
    if article.images:
        body["images"] = [_image(one) for one in article.images]
    if article.related:
        body["related"] = [_related(one) for one in article.related]
    if article.other_links:
        body["other_links"] = article.other_links
    return Record(
        article.link,
        article.published_at,
        article.updated_at,
        article.quality,
        article.heat,
        provider.name if provider else "",
        article.topics,
        _encode(body),
    )


def to_article(
    body: Body, *, link: str, published_at: datetime, quality: int | None, heat: int | None
) -> Article:
    """The article that ``to_record`` was given; ``body`` is its body, decoded."""
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
            Related(**{**one, "published_at": _time(one.get("published_at"))})
            for one in body.get("related", ())
        ),
        other_links=tuple(body.get("other_links", ())),
    )


def _image(image: Image) -> Body:
    return {
        "url": image.url,
        "width": image.width,
        "height": image.height,
        "title": image.title,
        "attribution": image.attribution,
    }


def _related(related: Related) -> Body:
    return {
        "title": related.title,
        "link": related.link,
        "provider": related.provider,
        "published_at": related.published_at.isoformat() if related.published_at else None,
    }


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
