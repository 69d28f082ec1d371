"""Articles in; messages of embeds out, within Discord's limits whatever the articles hold.

One article is one card. A digest is split into messages before it is promised, and each message is
rendered again when it is sent: an article edited in between may make it too long, and is then cut.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

import discord

from bot.colours import GREY, PALETTE
from bot.text import isolate, masked_link, one_line, plain, safe_url, shorten
from digests.model import Article, Related
from digests.posted import Shown
from digests.visible import PICTURES, apart, picture_mark, topic_mark

__all__ = ["card", "colour", "embeds", "firsts", "plain", "safe_url", "shorten", "split"]

MESSAGE_EMBEDS = 10
MESSAGE_TEXT = 6000

# Discord's own limits, but for the footer, which may hold 2048: with 256 and a credit of 80 a card
# with everything has 256 + 4096 + 256 + 7 + 1024 + 256 + 85 = 5980 code points, so each card fits a
# message whole.
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4096
AUTHOR_LIMIT = 256
FIELD_LIMIT = 1024
FOOTER_LIMIT = 256

RELATED = "Related"
UNTITLED = "Untitled"
_SEPARATOR = " · "
_NAME_LIMIT = 80  # a provider beside a related link, a topic or whose picture it is in the footer
_NAME_READ = 4 * _NAME_LIMIT  # of a name that is longer, nobody sees the rest
_CREDIT = "📷 "
_PARAGRAPH = "\n\n"
_MISSES = 2  # so many that do not fit, and the room is as good as full

Part = Literal["title", "description", "author", "footer"]

# A message too long gives up its related links, then this, in this order and down to this many
# code points a card. Ten cards then have 10 * (256 + 200 + 50 + 50) = 5560 at most, so it is always
# enough, and titles stay whole; whose the pictures are is then given up as well.
_Floors = tuple[tuple[Part, int], ...]
_FLOORS: _Floors = (("description", 200), ("footer", 50), ("author", 50))

# A card that has changed since its message was posted gives up more than that, before any other
# card does: it may have been the shortest of all.
_LAST: _Floors = (("description", 0), ("footer", 0), ("author", 0), ("title", 1))

_PALETTE = tuple(PALETTE.values())
_WITHDRAWN = 0x80848E


def card(article: Article) -> discord.Embed:
    """The article as one embed, within every limit of an embed and of a message. Never raises."""
    return embeds([article])[0]


def colour(article: Article) -> int:
    """The colour of its first topic: the same in each process and whatever the topic's case."""
    for topic in article.topics:
        if name := shorten(one_line(topic), _NAME_LIMIT):
            return _of_topic(topic_mark(name))
    return GREY


def colour_then(place: Shown) -> int:
    """The colour that an article had when its message was posted."""
    if place.was is not None:
        mark = apart(place.was).topic
        return _of_topic(mark) if mark else GREY
    return colour(place.article) if place.article is not None else GREY


def _of_topic(mark: str) -> int:
    return _PALETTE[int(mark, 16) % len(_PALETTE)]


def split(articles: Sequence[Article]) -> list[list[int]]:
    """The indices of the articles for each message, in order; ``embeds`` shortens none of them.

    There are as few messages as that allows, about as long as each other. Of articles with the
    same address only the first is in: Discord shows only one embed of each address.
    """
    sizes = [(index, _written(articles[index]).size) for index in firsts(articles)]
    fewest = _filled(sizes, 1)
    level = _filled(sizes, len(fewest))
    return level if len(level) == len(fewest) else fewest


def embeds(
    articles: Sequence[Article], *, colour: int | None = None, pictured: Collection[str] = ()
) -> list[discord.Embed]:
    """The cards of one message: of the first ten articles with addresses of their own.

    Where they have more than 6000 code points together, related links go first, from where there
    are most; then the longest descriptions are shortened; only in the extreme footers and authors.

    A picture is shown once, and not if it is among those ``pictured`` before. An article that is
    alone shows up to four of its pictures: further embeds, which Discord draws into the first.
    ``colour`` takes the place of the topic's.
    """
    places = [Shown(articles[index]) for index in firsts(articles)]
    return redrawn(places, NO_NOTES, colour=colour, pictured=set(map(picture_mark, pictured)))


class Notes(NamedTuple):
    """What a card says that has changed since it was posted."""

    withdrawn: str
    corrected: Callable[[datetime], str]


NO_NOTES = Notes("", str)


def redrawn(
    places: Sequence[Shown],
    notes: Notes,
    *,
    colour: int | None = None,
    pictured: set[str] | None = None,
) -> list[discord.Embed]:
    """The cards of a message that is posted, of which some have changed since.

    Where that makes it too long, only those that changed are shortened; the others stay as they
    were, also in what they left to their neighbours: each picture is shown by the card that
    showed it first. ``pictured`` are marks of pictures shown before; this message's are added.
    """
    cards = [_placed(one, notes) for one in places][:MESSAGE_EMBEDS]
    _illustrate(cards, set() if pictured is None else pictured)
    changed = [written for written in cards if written.note]
    for floors in (_FLOORS, _LAST) if changed else ():
        _fit(cards, changed, floors)
    _fit(cards, cards)
    return [embed for written in cards for embed in _drawn(written, colour)]


@dataclass(slots=True)
class _Card:
    """What a card will say.

    ``texts`` and ``related`` are stripped and escaped for their places; an empty one is left out.
    ``credit`` says whose the pictures are, ``note`` what became of it since it was posted, and
    ``was`` are the marks of the pictures that it had then.
    """

    texts: dict[Part, str]
    related: list[str]
    url: str | None
    pictures: list[str]
    credit: str
    icon: str | None
    timestamp: datetime | None
    colour: int
    note: str = ""
    was: tuple[str, ...] | None = None

    @property
    def size(self) -> int:
        """The code points that Discord counts."""
        credit = len(_SEPARATOR) + len(self.credit) if self.credit else 0
        note = len(_PARAGRAPH) + len(self.note) if self.note else 0
        return sum(map(len, self.texts.values())) + self.related_size + credit + note

    @property
    def related_size(self) -> int:
        """The part of ``size`` that goes with the related links, line breaks and name included."""
        if not self.related:
            return 0
        return len(RELATED) + sum(map(len, self.related)) + len(self.related) - 1


def _placed(place: Shown, notes: Notes) -> _Card:
    """What stands in a place of a message now."""
    was = None if place.was is None else apart(place.was).pictures
    if place.article is None:
        also = _lines(place.also, set())
        empty: dict[Part, str] = {"title": "", "description": "", "author": "", "footer": ""}
        return _Card(empty, also, None, [], "", None, None, _WITHDRAWN, notes.withdrawn, was)
    written = _written(place.article)
    written.was = was
    if place.corrected_at is not None:
        written.note = notes.corrected(place.corrected_at)
        room = DESCRIPTION_LIMIT - len(_PARAGRAPH) - len(written.note)
        written.texts["description"] = shorten(written.texts["description"], room)
    return written


def _written(article: Article) -> _Card:
    """The article's texts and addresses as its card will have them."""
    provider = article.provider
    topics = [shorten(one_line(topic), _NAME_LIMIT) for topic in article.topics]
    topics = [topic for topic in dict.fromkeys(topics) if topic]
    pictures, credit = _pictures(article)
    name = one_line(provider.name) or one_line(provider.domain) if provider else ""
    texts: dict[Part, str] = {
        "title": plain(one_line(article.title), TITLE_LIMIT) or UNTITLED,
        "description": plain(article.excerpt, DESCRIPTION_LIMIT),
        "author": shorten(name, AUTHOR_LIMIT),
        "footer": _SEPARATOR.join(_fitting(topics, _SEPARATOR, FOOTER_LIMIT)),
    }
    return _Card(
        texts=texts,
        related=_related(article),
        url=safe_url(article.link),
        pictures=pictures,
        credit=credit and _CREDIT + credit,
        icon=safe_url(provider.icon) if provider and provider.icon else None,
        timestamp=article.published_at,
        colour=colour(article),
    )


def _pictures(article: Article) -> tuple[list[str], str]:
    """The addresses of the first four different pictures that can be shown; whose the first is."""
    usable: dict[str, str] = {}
    for image in article.images:
        if (url := safe_url(image.url)) and url not in usable:
            usable[url] = image.attribution
        if len(usable) == PICTURES:
            break
    whose = next(iter(usable.values()), "")
    return list(usable), shorten(one_line(whose), _NAME_LIMIT)


def _illustrate(cards: Sequence[_Card], shown: set[str]) -> None:
    """Leaves each card the pictures it shows: its first, if no card before had it.

    ``shown`` are marks of those shown before; those of these cards are added.

    A card without an address cannot hold several, for it is by this that Discord joins them.
    """
    most = PICTURES if len(cards) == 1 and cards[0].url else 1
    for written in cards:
        now = [picture_mark(url) for url in written.pictures]
        then = now if written.was is None else written.was
        kept = _new(now, shown, most)
        written.pictures = [
            url for url, mark in zip(written.pictures, now, strict=True) if mark in kept
        ]
        if not kept:
            written.credit = ""
        shown.update(_new(then, shown, most))


def _new(pictures: Sequence[str], shown: Collection[str], most: int) -> list[str]:
    """Those of a card's pictures that it shows; none if its first is shown already."""
    if pictures and pictures[0] not in shown:
        return [one for one in pictures if one not in shown][:most]
    return []


def _drawn(written: _Card, colour: int | None) -> Iterator[discord.Embed]:
    """The card as embeds; Discord refuses empty texts and addresses, so they are left out."""
    texts = written.texts
    embed = discord.Embed(
        title=texts["title"] or None,
        url=written.url,
        description=_PARAGRAPH.join(filter(None, (texts["description"], written.note))) or None,
        timestamp=written.timestamp,
        # Discord takes 0 for no colour at all.
        colour=max(colour, 1) if colour is not None and written.timestamp else written.colour,
    )
    if written.pictures:
        embed.set_image(url=written.pictures[0])
    if texts["author"]:
        embed.set_author(name=texts["author"], icon_url=written.icon)
    if written.related:
        embed.add_field(name=RELATED, value="\n".join(written.related), inline=False)
    if footer := _SEPARATOR.join(filter(None, (texts["footer"], written.credit))):
        embed.set_footer(text=footer)
    yield embed
    for picture in written.pictures[1:]:
        yield discord.Embed(url=written.url).set_image(url=picture)


def _related(article: Article) -> list[str]:
    """A line for each related article with a usable address that is not the article's own."""
    return _lines(
        article.related, {safe_url(link) for link in (article.link, *article.other_links)}
    )


def _lines(links: Iterable[Related], told: set[str | None]) -> list[str]:
    """As many as fit whole into one field, each address once."""
    lines: list[str] = []
    room = FIELD_LIMIT + 1
    misses = 0
    for related in links:
        if misses == _MISSES:
            break
        url = safe_url(related.link)
        if url is None or url in told:
            continue
        link = masked_link(related.title, url)
        if link is None:
            continue
        told.add(url)
        provider = _name(related.provider[:_NAME_READ])
        line = link + _SEPARATOR + isolate(provider) if provider else link
        if len(line) < room:
            lines.append(line)
            room -= len(line) + 1
        else:
            misses += 1
    return lines


@lru_cache(maxsize=1000)
def _name(text: str) -> str:
    """A provider's name beside a link. The same few come again and again."""
    return plain(one_line(text), _NAME_LIMIT)


def _fitting(pieces: Iterable[str], separator: str, limit: int) -> list[str]:
    """Those pieces, in order, that fit whole into ``limit`` code points when joined."""
    fitting: list[str] = []
    room = limit + len(separator)
    for piece in pieces:
        if len(piece) + len(separator) <= room:
            room -= len(piece) + len(separator)
            fitting.append(piece)
    return fitting


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


def _fit(cards: Sequence[_Card], giving: Sequence[_Card], floors: _Floors = _FLOORS) -> None:
    """Shortens those that give until all have 6000 code points together at most, if that can be."""
    over = _size(cards) - MESSAGE_TEXT
    sizes = [written.related_size for written in giving] if over > 0 else [0]
    while over > 0 and (most := max(sizes, default=0)):
        longest = sizes.index(most)
        giving[longest].related.pop()
        sizes[longest] = giving[longest].related_size
        over -= most - sizes[longest]
    for part, floor in floors:
        over = _size(cards) - MESSAGE_TEXT
        if over <= 0:
            break
        lengths = [len(written.texts[part]) for written in giving]
        limit = max(_level(lengths, sum(lengths) - over), floor)
        for written in giving:
            written.texts[part] = shorten(written.texts[part], limit)
    if _size(cards) > MESSAGE_TEXT:
        for written in giving:
            written.credit = ""


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
