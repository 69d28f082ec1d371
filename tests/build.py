"""Domain values for tests, with everything that a test does not care about filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests.model import Address, Article, Kind, Look, Provider
from digests.record import to_record
from digests.storage import Database, library

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
ADMIN = 900
CHANNEL = Address(Kind.CHANNEL, 700, guild_id=70)
PERSON = Address(Kind.DM, 800)


def article(number: int = 1, *topics: str, **fields: object) -> Article:
    """Article ``number``: published that many minutes before NOW, on AI unless said otherwise."""
    given: dict[str, object] = {
        "link": f"https://news.example/{number}",
        "title": f"Article {number}",
        "excerpt": f"What article {number} says.",
        "published_at": NOW - timedelta(minutes=number),
        "provider": Provider("The Example", "news.example"),
        "topics": topics or ("AI",),
    }
    return Article(**{**given, **fields})  # type: ignore[arg-type]  # tests name real fields


async def publish(database: Database, *articles: Article, announced: bool = True) -> list[int]:
    """Put articles into the catalog without files; their ids, in order."""
    async with database.write() as connection:
        ids = await library.add_articles(
            connection, [(to_record(one), announced) for one in articles]
        )
        await library.set_topics(connection, {ids[one.link]: one.topics for one in articles})
    return [ids[one.link] for one in articles]


def split_by_ten(articles: Sequence[Article], _: Look = Look.CARDS) -> list[list[int]]:
    """Ten articles a message, as the real renderer does where they are short."""
    count = len(articles)
    return [list(range(start, min(start + 10, count))) for start in range(0, count, 10)]


def file_text(
    number: int = 1, *, topics: Sequence[str] = ("AI",), published: bool = True, **keys: object
) -> str:
    """An article file; ``keys`` are further lines of front matter."""
    when = (NOW - timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = {
        "title": f"Article {number}",
        "excerpt": f"What article {number} says.",
        "publishedDateTime": when,
        "webUrl": f"https://news.example/{number}",
        "published": str(published).lower(),
        "topics": f"[{', '.join(topics)}]",
        **keys,
    }
    body = "\n".join(f"{key}: {value}" for key, value in lines.items())
    return f"---\n{body}\n---\n"


def write_file(folder: Path, number: int = 1, **options: object) -> Path:
    """Write ``file_text`` into a folder, named after its number."""
    path = folder / f"2026-11-15-article-{number}.md"
    path.write_text(file_text(number, **options), encoding="utf-8")  # type: ignore[arg-type]  # passed on
    return path
