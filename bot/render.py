"""Articles in; messages of embeds out, within Discord's limits whatever the articles hold.

One article is one card. A digest is split into messages before it is promised, and each message is
rendered again when it is sent: an article edited in between may make it too long, and is then cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zlib import crc32

import discord

from bot.text import isolate, masked_link, one_line, plain, safe_url, shorten
from digests.model import Article

__all__ = ["card", "embeds", "firsts", "plain", "safe_url", "shorten", "split"]

MESSAGE_EMBEDS = 10
MESSAGE_TEXT = 6000

# Discord's own limits, but for the footer, which may hold 2048: with 256 a card with everything in
# it has 256 + 4096 + 256 + 7 + 1024 + 256 = 5895 code points, so each card fits a message whole.
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4096
AUTHOR_LIMIT = 256
FIELD_LIMIT = 1024
FOOTER_LIMIT = 256

RELATED = "Related"
UNTITLED = "Untitled"
_SEPARATOR = " · "
_NAME_LIMIT = 80  # a provider beside a related link, a topic in the footer

Part = Literal["title", "description", "author", "footer"]

# A message too long gives up its related links, then this, in this order and down to this many
# code points a card. Ten cards then have 10 * (256 + 200 + 50 + 50) = 5560 at most, so it is always
# enough, and titles stay whole.
_FLOORS: tuple[tuple[Part, int], ...] = (("description", 200), ("footer", 50), ("author", 50))

# Of one lightness, so that none shouts, and seen well on Discord's dark and light themes.
_PALETTE = (0x5B8DEF, 0x2FA8A0, 0x4CAF6D, 0xB5A033, 0xE08A3C, 0xDB6B5F, 0xD5699B, 0x9A78DB)
_NO_TOPIC = 0x8A93A3


def card(article: Article) -> discord.Embed:
    """The article as one embed, within every limit of an embed and of a message. Never raises."""
    return _drawn(_written(article))


def split(articles: Sequence[Article]) -> list[list[int]]:
    """The indices of the articles for each message, in order; ``embeds`` shortens none of them.

    There are as few messages as that allows, about as long as each other. Of articles with the
    same address only the first is in: Discord shows only one embed of each address.
    """
    sizes = [(index, _written(articles[index]).size) for index in firsts(articles)]
    fewest = _filled(sizes, 1)
    level = _filled(sizes, len(fewest))
    return level if len(level) == len(fewest) else fewest


def embeds(articles: Sequence[Article]) -> list[discord.Embed]:
    """The cards of one message: of the first ten articles with addresses of their own.

    Where they have more than 6000 code points together, related links go first, from where there
    are most; then the longest descriptions are shortened; only in the extreme footers and authors.
    """
    cards = [_written(articles[index]) for index in firsts(articles)][:MESSAGE_EMBEDS]
    _fit(cards)
    return [_drawn(written) for written in cards]


@dataclass(slots=True)
class _Card:
    """What a card will say.

    ``texts`` and ``related`` are stripped and escaped for their places; an empty one is left out.
    """

    texts: dict[Part, str]
    related: list[str]
    url: str | None
    image: str | None
    icon: str | None
    timestamp: datetime
    colour: int

    @property
    def size(self) -> int:
        """The code points that Discord counts."""
        return sum(map(len, self.texts.values())) + self.related_size

    @property
    def related_size(self) -> int:
        """The part of ``size`` that goes with the related links, line breaks and name included."""
        if not self.related:
            return 0
        return len(RELATED) + sum(map(len, self.related)) + len(self.related) - 1


def _written(article: Article) -> _Card:
    """The article's texts and addresses as its card will have them."""
    provider = article.provider
    topics = [shorten(one_line(topic), _NAME_LIMIT) for topic in article.topics]
    topics = [topic for topic in dict.fromkeys(topics) if topic]
    name = one_line(provider.name) or one_line(provider.domain) if provider else ""
    texts: dict[Part, str] = {
        "title": plain(one_line(article.title), TITLE_LIMIT) or UNTITLED,
        "description": plain(article.excerpt, DESCRIPTION_LIMIT),
        "author": shorten(name, AUTHOR_LIMIT),
        "footer": _SEPARATOR.join(_fitting(topics, _SEPARATOR, FOOTER_LIMIT)),
    }
    return _Card(
        texts=texts,
        related=_fitting(_related(article), "\n", FIELD_LIMIT),
        url=safe_url(article.link),
        image=next(filter(None, (safe_url(image.url) for image in article.images)), None),
        icon=safe_url(provider.icon) if provider and provider.icon else None,
        timestamp=article.published_at,
        colour=_colour(topics[0]) if topics else _NO_TOPIC,
    )


def _drawn(written: _Card) -> discord.Embed:
    """The card as an embed; Discord refuses empty texts and addresses, so they are left out."""
    texts = written.texts
    embed = discord.Embed(
        title=texts["title"],
        url=written.url,
        description=texts["description"] or None,
        timestamp=written.timestamp,
        colour=written.colour,
    )
    if written.image:
        embed.set_image(url=written.image)
    if texts["author"]:
        embed.set_author(name=texts["author"], icon_url=written.icon)
    if written.related:
        embed.add_field(name=RELATED, value="\n".join(written.related), inline=False)
    if texts["footer"]:
        embed.set_footer(text=texts["footer"])
    return embed


def _related(article: Article) -> Iterator[str]:
    """A line for each related article with a usable address that is not the article's own."""
    told = {safe_url(link) for link in (article.link, *article.other_links)}
    for related in article.related:
        url = safe_url(related.link)
        if url is None or url in told:
            continue
        link = masked_link(related.title, url)
        if link is None:
            continue
        told.add(url)
        provider = plain(one_line(related.provider), _NAME_LIMIT)
        yield link + _SEPARATOR + isolate(provider) if provider else link


def _fitting(pieces: Iterable[str], separator: str, limit: int) -> list[str]:
    """Those pieces, in order, that fit whole into ``limit`` code points when joined."""
    fitting: list[str] = []
    room = limit + len(separator)
    for piece in pieces:
        if len(piece) + len(separator) <= room:
            room -= len(piece) + len(separator)
            fitting.append(piece)
    return fitting


def _colour(topic: str) -> int:
    """A topic's colour: the same in each process and however the topic's case is written."""
    return _PALETTE[crc32(topic.casefold().encode()) % len(_PALETTE)]


def firsts(articles: Sequence[Article]) -> Iterator[int]:
    """The index of each article whose address none before it has; no address is an own address."""
    told: set[str] = set()
    for index, article in enumerate(articles):
        url = safe_url(article.link)
        if url is None:
            yield index
        elif url not in told:
            told.add(url)
            yield index


def _filled(sizes: Sequence[tuple[int, int]], aim: int) -> list[list[int]]:
    """The indices of (index, size) in messages of at most ten cards and 6000 code points.

    Each message takes its share of the cards left, so that there are ``aim`` messages, if they can
    hold them; with 1 as the aim each takes what it can.
    """
    messages: list[list[int]] = []
    room = share = 0
    for done, (index, size) in enumerate(sizes):
        if not messages or size > room or len(messages[-1]) == share:
            left = max(aim - len(messages), 1)
            share = min(-(-(len(sizes) - done) // left), MESSAGE_EMBEDS)
            room = MESSAGE_TEXT
            messages.append([])
        messages[-1].append(index)
        room -= size
    return messages


def _fit(cards: Sequence[_Card]) -> None:
    """Shortens the cards until they have 6000 code points together at most."""
    while _size(cards) > MESSAGE_TEXT:
        longest = max(cards, key=lambda written: written.related_size)
        if not longest.related:
            break
        longest.related.pop()
    for part, floor in _FLOORS:
        over = _size(cards) - MESSAGE_TEXT
        if over <= 0:
            break
        lengths = [len(written.texts[part]) for written in cards]
        limit = max(_level(lengths, sum(lengths) - over), floor)
        for written in cards:
            written.texts[part] = shorten(written.texts[part], limit)


def _size(cards: Sequence[_Card]) -> int:
    return sum(written.size for written in cards)


def _level(lengths: Sequence[int], room: int) -> int:
    """The greatest length to which all texts can be cut for at most ``room`` together."""
    for done, length in enumerate(sorted(lengths)):
        share = room // (len(lengths) - done)
        if length > share:
            return share
        room -= length
    return max(lengths)
