"""Articles in, which of them tell the same story out (pure).

Two articles are one story when

* they share a link, its AMP and CDN forms, tracking parameters and the like folded; or
* each names the other among its related articles; or
* different providers give them the same title, capitals, punctuation and the provider's name at
  its end aside, or titles of which one has a single word more (same provider: the same title
  within half a day, or it is a column that keeps its title).

What is one story with something of a story belongs to that story. A story lives for seven days
from its first article: what comes later begins a new one, so nobody is told of it never again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from digests.model import Published, Related
from digests.wording import words

LIFE = timedelta(days=7)
SAME_PROVIDER = timedelta(hours=12)
"""Within this time a provider's second article of the same title is the first one again."""

_FEWEST_WORDS = 4
"""A shorter title, like "Morning briefing", says too little to tell a story by."""

_FEWEST_TO_LEAVE_ONE_OUT = 8
_MOST_RELATED = 20

_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|(fb|g|y|dc|ms|tw|li_fat_)clid|gclsrc|igshid|_hsenc|_hsmi|cmpid|ncid|ocid|"
    r"amp|outputtype|at_(medium|campaign)"
)
_AMP_HOST = re.compile(r"(www|m|mobile|amp)\.")
_AMP_ENDS = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=$|\.html?$)|/+$")


class Mark(StrEnum):
    """What a mark of an article is of: its own links, what it names, its title, parts of that."""

    OWN = "own"
    NAMED = "named"
    TITLE = "title"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Trace:
    """What telling two articles apart needs to know: marks are 63-bit hashes by kind."""

    article_id: int
    published_at: datetime
    provider: str
    marks: Mapping[Mark, frozenset[int]]


def trace(published: Published) -> Trace:
    """The marks of an article."""
    article = published.article
    provider = article.provider.name if article.provider else ""
    links = (article.link, *article.other_links)
    named = (one.link for one in article.related[:_MOST_RELATED])
    title = title_words(article.title, provider)
    whole, parts = frozenset[int](), frozenset[int]()
    if len(title) >= _FEWEST_WORDS:
        whole = frozenset({_mark(" ".join(title))})
    if len(title) >= _FEWEST_TO_LEAVE_ONE_OUT:
        parts = frozenset(map(_mark, _leaving_one_out(title)))
    marks = {
        Mark.OWN: frozenset(_mark(key) for key in map(link_key, links) if key),
        Mark.NAMED: frozenset(_mark(key) for key in map(link_key, named) if key),
        Mark.TITLE: whole,
        Mark.PART: parts,
    }
    return Trace(published.id, article.published_at, provider.casefold(), marks)


def link_key(link: str) -> str:
    """What the links of one page have in common; empty for a site's front page, or no web link."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return ""
    path, query = parts.path, parts.query
    if host.endswith(".cdn.ampproject.org") or (
        host in ("google.com", "www.google.com") and path.startswith("/amp/")
    ):
        # …/c/s/host/path or /amp/s/host/path: the page's own address follows.
        inner = re.sub(r"^/(?:amp|[a-z])/(?:s/)?", "", path)
        host, _, path = inner.partition("/")
        path = f"/{path}"
    host = _AMP_HOST.sub("", host.casefold(), count=1)
    path = _AMP_ENDS.sub("", _AMP_ENDS.sub("", unquote(path)))
    kept = sorted(
        pair
        for pair in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0].casefold())
    )
    if not host or not (path or kept):
        return ""
    return f"{host}{path}?{urlencode(kept)}"


def title_words(title: str, provider: str = "") -> list[str]:
    """A title's words without case and punctuation, and without the provider's name at its end."""
    told = list(words(title))
    name = list(words(provider))
    if name and len(told) > len(name) and told[-len(name) :] == name:
        del told[-len(name) :]
    return told


def _leaving_one_out(title: Sequence[str]) -> Iterator[str]:
    """The title without each word in turn; numbers stay: part 2 is not part 3."""
    for index, word in enumerate(title):
        if not any(character.isdigit() for character in word):
            yield " ".join((*title[:index], *title[index + 1 :]))


def _mark(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def same_story(one: Trace, other: Trace) -> bool:
    """Whether two articles tell the same story by themselves."""
    mine, theirs = one.marks, other.marks
    if mine[Mark.OWN] & theirs[Mark.OWN]:
        return True
    if mine[Mark.NAMED] & theirs[Mark.OWN] and theirs[Mark.NAMED] & mine[Mark.OWN]:
        return True
    same_title = bool(mine[Mark.TITLE] & theirs[Mark.TITLE])
    if one.provider == other.provider:
        return same_title and abs(one.published_at - other.published_at) <= SAME_PROVIDER
    return same_title or bool(
        mine[Mark.TITLE] & theirs[Mark.PART] or mine[Mark.PART] & theirs[Mark.TITLE]
    )


def wanted(one: Trace) -> Iterator[tuple[Mark, int]]:
    """The marks that another article must have one of to tell the same story."""
    own, named, title, part = (one.marks[kind] for kind in Mark)
    for kind, marks in ((Mark.OWN, own | named), (Mark.TITLE, title | part), (Mark.PART, title)):
        for mark in marks:
            yield kind, mark


def weave(new: Iterable[Trace], known: Iterable[tuple[Trace, int]]) -> dict[int, int]:
    """The stories of articles: article id to story, which is the id of the story's first article.

    ``known`` are earlier articles with their stories; only those whose story changed, and the new
    ones that are in a story with others, are in the answer. Articles are taken in the order given,
    and a story takes in no article that would make it older than LIFE.
    """
    loom = _Loom()
    before = {}
    for one, story in known:
        loom.place(one, story)
        before[one.article_id] = story
    for one in new:
        loom.add(one)
    return {
        article: story for article, story in loom.stories() if before.get(article, article) != story
    }


class _Loom:
    """Union-find over articles; marks say who has to be compared with whom."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._span: dict[int, tuple[datetime, datetime]] = {}
        self._traces: dict[int, Trace] = {}
        self._by_mark: dict[tuple[Mark, int], list[int]] = {}

    def place(self, one: Trace, story: int) -> None:
        """Put an article where it is known to belong."""
        self._enter(one)
        # The story's first article may be withdrawn: then only its number is left.
        self._parent.setdefault(story, story)
        self._span.setdefault(story, self._span[one.article_id])
        self._join(story, one.article_id)

    def add(self, one: Trace) -> None:
        """Find out where an article belongs."""
        near = {other for key in wanted(one) for other in self._by_mark.get(key, ())}
        self._enter(one)
        for other in sorted(near):
            if self._root(other) == self._root(one.article_id):
                continue
            if same_story(one, self._traces[other]) and self._fits(one.article_id, other):
                self._join(one.article_id, other)

    def stories(self) -> Iterator[tuple[int, int]]:
        """Each article with its story."""
        return ((article, self._root(article)) for article in self._traces)

    def _enter(self, one: Trace) -> None:
        self._traces[one.article_id] = one
        self._parent.setdefault(one.article_id, one.article_id)
        root = self._root(one.article_id)
        first, last = self._span.get(root, (one.published_at, one.published_at))
        self._span[root] = (min(first, one.published_at), max(last, one.published_at))
        for kind, marks in one.marks.items():
            for mark in marks:
                self._by_mark.setdefault((kind, mark), []).append(one.article_id)

    def _root(self, article: int) -> int:
        while (parent := self._parent[article]) != article:
            self._parent[article] = self._parent[parent]
            article = parent
        return article

    def _fits(self, one: int, other: int) -> bool:
        first, last = self._together(self._root(one), self._root(other))
        return last - first <= LIFE

    def _together(self, one: int, other: int) -> tuple[datetime, datetime]:
        (a, b), (c, d) = self._span[one], self._span[other]
        return min(a, c), max(b, d)

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._span[first] = self._together(first, second)
        self._parent[second] = first


def stage(size: int) -> int:
    """How far a story of so many articles has grown: a new stage at 3, 6, 12, 24, … articles.

    A story that was told is told again, as an update, when it has reached a further stage.
    """
    return (size // 3).bit_length()


class Told(Protocol):
    """How the stories of a digest, or of what may become one, are told."""

    @property
    def folded(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Articles, each with those that go onto its card."""

    @property
    def updates(self) -> tuple[int, ...]:
        """Articles that go on with a story told before."""


def cards(ids: Iterable[int], digest: Told, found: Mapping[int, Published]) -> dict[int, Published]:
    """The articles of a digest as their cards show them, by id; only those ``found``, in order.

    Each has the others of its story in front of its related links. Where it is gone itself, the
    first of those takes its place. To be found, ``with_others`` says what to look for.
    """
    if not digest.folded and not digest.updates:
        return {id_: found[id_] for id_ in ids if id_ in found}
    folded = dict(digest.folded)
    made = {}
    for id_ in ids:
        there = [found[one] for one in (id_, *folded.get(id_, ())) if one in found]
        if there:
            made[id_] = card(there[0], there[1:], update=id_ in digest.updates)
    return made


def with_others(ids: Sequence[int], digest: Told) -> Sequence[int]:
    """These articles of a digest, and those that are folded into them."""
    if not digest.folded:
        return ids
    folded = dict(digest.folded)
    return [one for id_ in ids for one in (id_, *folded.get(id_, ()))]


def card(told: Published, others: Sequence[Published], *, update: bool) -> Published:
    """An article with the others of its story in front of its related links."""
    if not others and not update:
        return told
    also = links_to(others)
    links = {one.link for one in also}
    kept = tuple(one for one in told.article.related if one.link not in links)
    return replace(told, article=replace(told.article, related=also + kept), update=update)


def links_to(others: Iterable[Published]) -> tuple[Related, ...]:
    """Articles as related links."""
    return tuple(
        Related(
            title=one.article.title,
            link=one.article.link,
            provider=one.article.provider.name if one.article.provider else "",
            published_at=one.article.published_at,
        )
        for one in others
    )
