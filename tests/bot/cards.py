"""Articles to draw cards of, tame and hostile, and Discord's published limits to judge them by."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import discord
from hypothesis import settings
from hypothesis import strategies as st

from digests.model import Article, Image, Provider, Related

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)
LIMITS = {"title": 256, "description": 4096, "author": 256, "footer": 2048}
ADDRESS = re.compile(r"(?=.{8,2048}$)https?://[\w.-]+\.\w+(?::\d+)?(?:[/?#][!-~]*)?", re.ASCII)


def article(number: int = 1, **changes: object) -> Article:
    """An article with little in it, of its own address."""
    plainest = Article(
        link=f"https://news.example/{number}",
        title=f"Article {number}",
        excerpt="What happened.",
        published_at=NOON,
    )
    return replace(plainest, **changes)  # type: ignore[arg-type]  # checked by each test's outcome


def related(count: int, title: str = "Related title", provider: str = "") -> tuple[Related, ...]:
    return tuple(
        Related(f"{title} {number}", f"https://other.example/{number}", provider)
        for number in range(count)
    )


def texts(embed: discord.Embed) -> dict[str, str]:
    """Each text that Discord counts, by its place."""
    found = {
        "title": embed.title,
        "description": embed.description,
        "author": embed.author.name,
        "footer": embed.footer.text,
    }
    for number, field in enumerate(embed.fields):
        found |= {f"name {number}": field.name, f"value {number}": field.value}
    return {place: text for place, text in found.items() if text is not None}


def size(embed: discord.Embed) -> int:
    """Code points as Discord counts them: outer blanks trimmed, addresses not counted."""
    return sum(len(text.strip()) for text in texts(embed).values())


def faults(message: Sequence[discord.Embed]) -> list[str]:
    """Everything for which Discord would refuse the message or show less than was sent."""
    found = []
    if len(message) > 10:
        found.append(f"{len(message)} embeds")
    if (total := sum(map(size, message))) > 6000:
        found.append(f"{total} code points")
    links = [embed.url for embed in message if embed.url and texts(embed)]
    if len(links) != len(set(links)):
        found.append("two embeds with one address")
    pictures = [embed.image.url for embed in message if embed.image.url]
    if len(pictures) != len(set(pictures)):
        found.append("a picture twice")
    found.extend(
        "an embed that shows nothing"
        for embed in message
        if not texts(embed) and (embed.url not in links or not embed.image.url)
    )
    for embed in message:
        if len(embed.fields) > 25:
            found.append("too many fields")
        for place, text in texts(embed).items():
            limit = LIMITS.get(place, 256 if place.startswith("name") else 1024)
            if not 0 < len(text) <= limit or text != text.strip():
                found.append(f"{place}: {text!r}")
            text.encode()  # raises for what cannot be sent
        urls = (embed.url, embed.image.url, embed.author.icon_url)
        found.extend(f"address: {url!r}" for url in urls if url and not ADDRESS.fullmatch(url))
    return found


def without_pictures(message: Sequence[discord.Embed]) -> list[discord.Embed]:
    """The cards, whatever pictures they show and whose these are."""
    cards = [embed.copy().set_image(url=None) for embed in message if texts(embed)]
    for embed in cards:
        footer = (embed.footer.text or "").partition("📷")[0].removesuffix(" · ")
        embed.set_footer(text=footer or None)
    return cards


def described(message: Sequence[discord.Embed]) -> list[str]:
    return [embed.description or "" for embed in message]


def values(embed: discord.Embed) -> list[str]:
    """The lines of the card's related field."""
    return [line for field in embed.fields for line in (field.value or "").split("\n")]


FRAGMENTS = [
    *("word ", " ", "\n", "\x00", "\ud800", "\u202e", "\u200b", "\\", "*", "_", "](", "<@1>"),
    *("@everyone", "https://e.example/", "\u05d0", "\U0001f44d\U0001f3fd", "e\u0301", "a" * 300),
]
hostile = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=9), max_size=9).map("".join)
huge = st.builds(lambda text, times: text * times, hostile, st.sampled_from([1, 1, 5, 400]))
links = st.integers(1, 15).map("https://news.example/{}".format) | hostile
hostile_articles = st.builds(
    Article,
    link=links,
    title=huge,
    excerpt=huge,
    published_at=st.just(NOON),
    provider=st.none() | st.builds(Provider, huge, hostile, st.none() | links),
    topics=st.lists(huge, max_size=5).map(tuple),
    images=st.lists(st.builds(Image, links, attribution=huge), max_size=6).map(tuple),
    related=st.lists(st.builds(Related, huge, links, hostile), max_size=12).map(tuple),
    other_links=st.lists(links, max_size=1).map(tuple),
)
many_articles = st.lists(hostile_articles, max_size=13)
unhurried = settings(deadline=None, max_examples=15)
