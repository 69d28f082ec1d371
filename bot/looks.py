"""Articles and a look in; messages of embeds out, within Discord's limits.

``cards`` is an embed an article (``bot.render``); ``compact`` a line an article; ``lead`` a card
for the first article and a line for each of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import discord

from bot import render
from bot.render import Notes
from bot.text import isolate, masked_link, one_line, plain, shorten
from digests.model import Article, Look
from digests.posted import Shown

_EMBED_TEXT = render.DESCRIPTION_LIMIT
_MESSAGE_TEXT = render.MESSAGE_TEXT
_NAME_LIMIT = 80
_LINE_TITLE = 120  # three lines of an embed at most; the article itself has the whole title
_SHORT_TITLE = 100
_LEAD_EXCERPT = 1000
_LINES = 20  # so many titles of 100 fit beside a lead article, however long they all are


def split(articles: Sequence[Article], look: Look = Look.CARDS) -> list[list[int]]:
    """The indices of the articles for each message, in order; each address once."""
    if look is Look.CARDS:
        return render.split(articles)
    messages: list[list[int]] = []
    room = 0
    for index in render.firsts(articles):
        leads = look is Look.LEAD and not messages
        size = _text(_lead(Shown(articles[index]))) if leads else len(_line(articles[index])) + 1
        if size > room or len(messages[-1]) == _LINES:
            messages.append([])
            room = _MESSAGE_TEXT
        messages[-1].append(index)
        room -= size
    return messages


def embeds(
    articles: Sequence[Article],
    look: Look = Look.CARDS,
    *,
    first: bool = True,
    colour: int | None = None,
    pictured: Collection[str] = (),
) -> list[discord.Embed]:
    """The embeds of one message; ``first`` says whether a lead article leads it.

    Always within the limits: articles may have grown since they were split. ``colour`` takes the
    place of the topics'; of pictures, those that are ``pictured`` in earlier messages are left out.
    """
    if look is Look.CARDS:
        return render.embeds(articles, colour=colour, pictured=pictured)
    places = [Shown(articles[index]) for index in render.firsts(articles)]
    return redrawn(places, render.NO_NOTES, look, first=first, colour=colour)


def redrawn(
    places: Sequence[Shown],
    notes: Notes,
    look: Look = Look.CARDS,
    *,
    first: bool = True,
    colour: int | None = None,
    pictured: set[str] | None = None,
) -> list[discord.Embed]:
    """The embeds of a message that is posted, of which some articles have changed since.

    The others stay as they were; see ``bot.render.redrawn``.
    """
    if look is Look.CARDS:
        return render.redrawn(places, notes, colour=colour, pictured=pictured)
    rest = list(places)
    cards: list[discord.Embed] = []
    if look is Look.LEAD and first and rest:
        cards = _lead(rest.pop(0), notes, colour)
    if colour is None and places:
        colour = render.colour_then(places[0])
    room = _MESSAGE_TEXT - _text(cards)
    return cards + _listed(rest, notes, room, colour=max(colour or 0, 1))


def messages(
    articles: Sequence[Article], look: Look = Look.CARDS, *, colour: int | None = None
) -> list[list[discord.Embed]]:
    """All the messages of a digest, each as its embeds."""
    pictured: set[str] = set()
    drawn: list[list[discord.Embed]] = []
    for part in split(articles, look):
        some = [articles[index] for index in part]
        drawn.append(embeds(some, look, first=not drawn, colour=colour, pictured=pictured))
        pictured |= set(pictures(drawn[-1]))
    return drawn


def pictures(shown: Sequence[discord.Embed]) -> list[str]:
    """The addresses of the pictures that embeds show."""
    return [one.image.url for one in shown if one.image.url]


def _lead(
    place: Shown, notes: Notes = render.NO_NOTES, colour: int | None = None
) -> list[discord.Embed]:
    """The lead article's card, with room beside it for the others."""
    if place.article is not None:
        excerpt = shorten(place.article.excerpt, _LEAD_EXCERPT)
        place = replace(place, article=replace(place.article, excerpt=excerpt))
    return render.redrawn([place], notes, colour=colour)


def _text(cards: Sequence[discord.Embed]) -> int:
    return sum(map(len, cards))


def _listed(
    places: Sequence[Shown], notes: Notes, room: int, *, colour: int
) -> list[discord.Embed]:
    """The articles as lines, in as few embeds as hold them; those that changed give way first."""
    lines = [_told(one, notes, _line) for one in places]
    changed = [index for index, one in enumerate(places) if one.corrected_at is not None]
    for giving in (changed, range(len(places))):
        for shorter in (_short_line, _bare_line):
            if _size(lines) > room:
                for index in giving:
                    lines[index] = _told(places[index], notes, shorter)
    texts: list[str] = []
    for line in lines:
        if len(line) + 1 > room:
            break
        if texts and len(texts[-1]) + 1 + len(line) <= _EMBED_TEXT:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
        room -= len(line) + 1
    return [discord.Embed(description=text, colour=colour) for text in texts]


def _size(lines: Sequence[str]) -> int:
    return sum(map(len, lines)) + len(lines)


def _told(place: Shown, notes: Notes, line: Callable[[Article], str]) -> str:
    """An article's line, with what became of it since it was posted."""
    if place.article is None:
        return f"- {notes.withdrawn}"
    if place.corrected_at is None:
        return line(place.article)
    return f"{line(place.article)} · {notes.corrected(place.corrected_at)}"


def _line(article: Article, limit: int = _LINE_TITLE) -> str:
    """``- [title](url) · provider · 3 hours ago``: an item of a list, so that it stands apart."""
    title = one_line(article.title) or render.UNTITLED
    link = masked_link(title, article.link, limit) or plain(title, limit)
    pieces = [f"- {link}"]
    if article.provider and (name := plain(one_line(article.provider.name), _NAME_LIMIT)):
        pieces.append(isolate(name))
    pieces.append(f"<t:{int(article.published_at.timestamp())}:R>")
    return " · ".join(pieces)


def _short_line(article: Article) -> str:
    return _line(article, _SHORT_TITLE)


def _bare_line(article: Article) -> str:
    """A title without its address, where even short lines do not fit."""
    return f"- {plain(one_line(article.title) or render.UNTITLED, _SHORT_TITLE)}"
