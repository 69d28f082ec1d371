"""A digest of ten articles in, the JSON of its message out: what that costs, beside plain embeds.

    python -m bench.rendering
    python -m bench.rendering --messages 100000

Ten articles of the shape that newsrooms' files have (two to four related links), ten with twelve
related links each and ten with sixty, each in every look; from the delivery to the text of the
request, buttons included. Beside it the same texts put into ``discord.Embed`` and a ``View`` as
they are: nothing made harmless, no limit kept. Nothing is remembered from one round to the next.

``--messages`` then sends so many, with buttons, by the program's own relay and sender, and says how
its memory grows; see ``bench.memory``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import discord
from discord import ui

from bench import memory
from bench.articles import articles as files
from bot.message import message
from digests.articles import read_article
from digests.model import (
    Address,
    Article,
    Delivery,
    Destination,
    Kind,
    Look,
    Occasion,
    Published,
    Related,
    Schedule,
)

T = TypeVar("T")

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TEN = 10


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=20, help="times each edition is drawn (20)")
    parser.add_argument("--editions", type=int, default=20, help="of ten articles each (20)")
    parser.add_argument("--messages", type=int, default=0, help="send so many, and watch memory")
    given = parser.parse_args()
    usual = _articles(TEN * given.editions)
    for name, some in (
        ("ten articles as newsrooms have them", usual),
        ("... with 12 related links each", [_with_related(one, 12) for one in usual]),
        ("... with 60 related links each", [_with_related(one, 60) for one in usual]),
    ):
        _compare(name, some, given.rounds)
    if given.messages:
        memory.measure(given.messages)


def _compare(name: str, articles: Sequence[Article], rounds: int) -> None:
    editions = [articles[start : start + TEN] for start in range(0, len(articles), TEN)]
    print(name)
    for look in Look:
        made = [_delivery(some, look) for some in editions]
        ours = _took(message, made, rounds)
        line = f"    {look.value:<8} {ours / len(made):6.3f} ms CPU a message"
        if look is Look.CARDS:
            plain = _took(_plainly, editions, rounds)
            line += f"; plain discord.py {plain / len(made):6.3f} ms: {ours / plain:.1f} x"
        print(line, flush=True)


def _took(draw: Callable[[T], object], given: Sequence[T], rounds: int) -> float:
    """The median CPU in ms of drawing all of them, written out as JSON."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        for one in given:
            json.dumps(draw(one))
        times.append(time.process_time() - began)
    return statistics.median(times) * 1e3


def _articles(count: int) -> list[Article]:
    found: list[Article] = []
    for name, text in files(2 * count):
        reading = read_article(text.encode(), name)
        if reading.article and reading.public:
            found.append(reading.article)
    return found[:count]


def _with_related(article: Article, count: int) -> Article:
    related = tuple(
        Related(
            f"What others wrote about it on that day, part {number}",
            f"https://other.example/2026/11/what-others-wrote-{number}",
            "The Other Paper",
        )
        for number in range(count)
    )
    return replace(article, related=related)


def _delivery(articles: Sequence[Article], look: Look) -> Delivery:
    address = Address(Kind.CHANNEL, 1, 2)
    return Delivery(
        id=123_456,
        nonce="n" * 24,
        attempt=1,
        claimed_at=NOW,
        in_doubt_since=NOW,
        destination=Destination(1, address, Schedule(), 0),
        edition_id=1,
        number=1,
        occasion=Occasion.SCHEDULED,
        part=0,
        parts=1,
        articles=tuple(Published(n, n, True, one) for n, one in enumerate(articles, 1)),
        shown=len(articles),
        more=5,
        look=look,
    )


def _plainly(articles: Sequence[Article]) -> dict[str, object]:
    """The same with what discord.py offers, as a first version of a bot might do it."""
    view = ui.View(timeout=None)
    for label in ("For me", "Save", "Why?", "+5 more"):
        view.add_item(ui.Button(label=label, custom_id=f"{label}:123456:nnnnnnnn"))
    return {
        "content": f"**Your digest** · {len(articles)} articles",
        "embeds": [_embed(one).to_dict() for one in articles],
        "components": view.to_components(),
        "allowed_mentions": {"parse": []},
    }


def _embed(article: Article) -> discord.Embed:
    embed = discord.Embed(
        title=article.title,
        url=article.link,
        description=article.excerpt,
        timestamp=article.published_at,
        colour=0x5B8DEF,
    )
    if article.provider:
        embed.set_author(name=article.provider.name)
    if article.images:
        embed.set_image(url=article.images[0].url)
    lines = [f"[{one.title}]({one.link}) · {one.provider}" for one in article.related]
    embed.add_field(name="Related", value="\n".join(lines), inline=False)
    embed.set_footer(text=" · ".join(article.topics))
    return embed


if __name__ == "__main__":
    main()
