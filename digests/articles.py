"""Step 1, read: the bytes of one file in, its article out, or what is wrong with it and where.

Pure: no disk, no clock. Nothing is raised, whatever the bytes; one problem hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from digests.frontmatter import (
    MAX_BYTES,
    GuardedHandler,
    Node,
    Null,
    YamlList,
    YamlMap,
    is_null,
    position,
)
from digests.links import LinkFault, web_link
from digests.model import Article, Image, Provider, Reading, Related, Severity
from digests.plain_form import read_plain
from digests.problems import Report
from digests.scalars import flag, moment, number
from digests.text import cut, first_paragraph, plain

MAX_TITLE = 256  # characters, as all of these
MAX_EXCERPT = 4096
MAX_TOPIC = 100
MAX_LABEL = 256  # names, categories, captions: longer ones are cut without a word

SECURED = frozenset({"secured"})

KEYS = frozenset(
    {
        *("title", "excerpt", "webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"),
        *("publishedDateTime", "updatedDateTime", "category", "type", "quality", "heat"),
        *("published", "removed", "provider", "topics", "images", "related", "secured"),
    }
)
_KEY_BY_LETTERS = {key.lower(): key for key in KEYS}
_NO_LETTERS = re.compile(r"[^a-z]+")

_DATED_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-")

Entries = Mapping[str, Node]


def read_article(
    data: bytes, path: str, *, asset_base: str | None = None, warnings: bool = True
) -> Reading:
    """Read the bytes of one file.

    ``path`` names the file in problems, and gives the date where the file states none.
    ``asset_base`` makes relative addresses absolute. ``article`` is None exactly where a problem is
    an error; ``public`` is True only where the file was read far enough to be sure of it. Without
    ``warnings`` only errors are told, and a file in plain form that has none is read faster.
    """
    if warnings:
        return _read(data, path, asset_base)
    reading = _read_plain(data, path, asset_base)
    if reading is None:
        reading = _read(data, path, asset_base)
        errors = (one for one in reading.problems if one.severity is Severity.ERROR)
        reading = replace(reading, problems=tuple(errors))
    return reading


def _read_plain(data: bytes, path: str, asset_base: str | None) -> Reading | None:
    """An article whose front matter is in plain form; None if it is not, or if there is an error.

    Nothing that was read so knows its place, and only a full reading can name an error.
    """
    if len(data) > MAX_BYTES:
        return None
    report = Report(path)
    try:
        text = _unix_lines(data.decode("utf-8-sig"))
        front, body = GuardedHandler(report).split(text)
    except ValueError:
        return None
    entries = read_plain(front, SECURED)
    if entries is None:
        return None
    reader = _Reader(report, asset_base, whole=True)
    public = reader.public(entries)
    article = reader.article(entries, body, path)
    return None if report.failed else Reading(article, public, ())


def _read(data: bytes, path: str, asset_base: str | None) -> Reading:
    report = Report(path)
    text = _decode(data, report)
    if report.failed and not text.lstrip().startswith("---"):
        return Reading(None, False, report.problems(text))
    handler = GuardedHandler(report, SECURED)
    try:
        front, body = handler.split(text)
    except ValueError:
        return Reading(None, False, report.problems(text))
    entries = handler.load(front)
    sure = not report.failed
    reader = _Reader(report, asset_base, whole=handler.whole)
    public = reader.public(entries) and sure
    article = reader.article(entries, body, path)
    return Reading(None if report.failed else article, public, report.problems(text))


def _decode(data: bytes, report: Report) -> str:
    """The text, its lines ended by \\n; empty where none of it should be read."""
    if len(data) > MAX_BYTES:
        report("too-large", found=f"{len(data):,} bytes")
        return ""
    try:
        text = _unix_lines(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        before = _unix_lines(fault.object[: fault.start].decode())
        report("not-utf8", len(before), f"byte 0x{fault.object[fault.start]:02X}")
        return _unix_lines(data.decode("utf-8-sig", errors="replace"))
    if not text or text.isspace():
        report("empty-file")
    return text


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class _Reader:
    """Turns the nodes of one file into values, and reports those that it cannot use."""

    def __init__(self, report: Report, asset_base: str | None, *, whole: bool) -> None:
        self._report = report
        self._base = asset_base
        self._whole = whole

    # ── the article ──────────────────────────────────────────────────────────────────────────

    def public(self, entries: Entries) -> bool:
        """Whether the file lets the article out; in doubt it does not."""
        published = self._flag(entries, "published", default=True)
        removed = self._flag(entries, "removed", default=False)
        return published is True and removed is False and self._whole

    def article(self, entries: Entries, body: str, path: str) -> Article | None:
        """The article, or None without its title, link or date; every key is looked at."""
        self._check_spelling(entries)
        title = self._title(entries.get("title"))
        link, other_links = self._links(entries)
        excerpt = self._excerpt(entries, body)
        published_at = self._published_at(entries.get("publishedDateTime"), path)
        updated_at = self._moment(entries.get("updatedDateTime"), "bad-other-date")
        category, kind = self._text(entries, "category"), self._text(entries, "type")
        quality, heat = self._number(entries, "quality"), self._heat(entries)
        provider = self._provider(entries.get("provider"))
        topics = self._topics(entries.get("topics"))
        images = self._images(entries.get("images"), missing="no-image")
        related = self._related(entries.get("related"), link)
        if not title or link is None or published_at is None:
            return None
        return Article(
            link=link,
            title=title,
            excerpt=excerpt,
            published_at=published_at,
            updated_at=updated_at,
            category=category,
            type=kind,
            quality=quality,
            heat=heat,
            provider=provider,
            topics=topics,
            images=images,
            related=related,
            other_links=other_links,
        )

    def _missing(self, code: str, node: Node | None = None) -> None:
        """A value is not there; after a fault of syntax that proves nothing."""
        if node is not None:
            self._report(code, position(node), _shown(node))
        elif self._whole:
            self._report(code)

    def _check_spelling(self, entries: Entries) -> None:
        for name in entries.keys() - KEYS:
            key = _KEY_BY_LETTERS.get(_NO_LETTERS.sub("", name.lower()))
            # Right beside the right spelling it is somebody's own key.
            if key is not None and key not in entries and key not in SECURED:
                code = "misspelt-flag" if key in ("published", "removed") else "misspelt-key"
                self._report(code, position(entries[name]), name, key)

    def _title(self, node: Node | None) -> str:
        text = plain(node) if isinstance(node, str) else ""
        if not text:
            self._missing("no-title", node)
        elif node is not None and len(text) > MAX_TITLE:
            self._report("long-title", position(node), f"{len(text):,} characters")
        return cut(text, MAX_TITLE)

    def _excerpt(self, entries: Entries, body: str) -> str:
        node = entries.get("excerpt")
        text = self._text(entries, "excerpt", limit=None) or first_paragraph(body)
        if not text and not isinstance(node, (YamlMap, YamlList)):
            self._missing("no-excerpt", node)
        elif len(text) > MAX_EXCERPT:
            place = None if node is None else position(node)
            self._report("long-excerpt", place, f"{len(text):,} characters")
        return cut(text, MAX_EXCERPT)

    def _links(self, entries: Entries) -> tuple[str | None, tuple[str, ...]]:
        """The article's link, and the other ones that differ from it."""
        own = "originalUrl" if is_blank(entries.get("webUrl")) else "webUrl"
        node = entries.get(own)
        link = self._link(node, bad="bad-link", relative="relative-link")
        if link is None and is_blank(node):
            self._missing("no-link", entries.get("webUrl") if node is None else node)
        elif node is not None and link is not None and link.startswith("http:"):
            self._report("http-link", position(node), link)
        others: dict[str, None] = {}
        for key in ("ampWebUrl", "cdnAmpWebUrl", "originalUrl"):
            if key != own:
                other = self._link(entries.get(key), "bad-other-link", "bad-other-link")
                if other is not None and other != link:
                    others[other] = None
        return link, tuple(others)

    def _published_at(self, node: Node | None, path: str) -> datetime | None:
        if node is not None and not is_blank(node):
            return self._moment(node, "bad-date")
        name = _DATED_NAME.match(re.split(r"[/\\]", path)[-1])
        dated = moment(name[1]) if name else None
        self._missing("no-date" if dated is None else "date-from-name", node)
        return dated

    def _heat(self, entries: Entries) -> int | None:
        node = entries.get("heat")
        if isinstance(node, str) and number(node) == -1:
            self._report("heat-not-measured", position(node), node)
            return None
        return self._number(entries, "heat")

    # ── what it consists of ──────────────────────────────────────────────────────────────────

    def _provider(self, node: Node | None) -> Provider | None:
        entries: Entries = {"name": node} if isinstance(node, str) else {}
        if isinstance(node, YamlMap):
            entries = node.entries
        elif isinstance(node, YamlList):
            self._wrong_shape("provider", node)
            return None
        domain = self._text(entries, "domain")
        name = self._text(entries, "name") or domain
        icons = self._images(entries.get("images"))
        if not name:
            self._missing("no-provider", node)
            return None
        return Provider(name, domain, icons[0].url if icons else None)

    def _topics(self, node: Node | None) -> tuple[str, ...]:
        topics: dict[str, str] = {}
        unusable = False
        for item in _items(node):
            topic = plain(item) if isinstance(item, str) else ""
            if not isinstance(item, str) or len(topic) > MAX_TOPIC:
                self._report("bad-topic", position(item), _shown(item))
                unusable = True
            elif topic:
                topics.setdefault(topic.casefold(), topic)
        if not topics and not unusable:
            self._missing("no-topic", node)
        return tuple(topics.values())

    def _images(self, node: Node | None, missing: str | None = None) -> tuple[Image, ...]:
        items = _items(node)
        if not items and missing is not None:
            self._missing(missing, node)
        images = []
        for item in items:
            entries = item.entries if isinstance(item, YamlMap) else {"url": item}
            address = entries.get("url", item)
            url = self._link(address, bad="bad-image", relative="relative-image")
            if url is None:
                if is_blank(address):
                    self._report("bad-image", position(address))
                continue
            width = self._number(entries, "width", least=1)
            height = self._number(entries, "height", least=1)
            title, attribution = self._text(entries, "title"), self._text(entries, "attribution")
            images.append(Image(url, width, height, title, attribution))
        return tuple(images)

    def _related(self, node: Node | None, own_link: str | None) -> tuple[Related, ...]:
        related: dict[str, Related] = {}
        for item in _items(node):
            if not isinstance(item, YamlMap):
                self._wrong_shape("related", item)
                continue
            one = self._related_one(item)
            if one is not None and one.link != own_link:
                related.setdefault(one.link, one)
        return tuple(related.values())

    def _related_one(self, item: YamlMap) -> Related | None:
        entries = item.entries
        node = entries.get("originalUrl" if is_blank(entries.get("webUrl")) else "webUrl")
        link = self._link(node, bad="bad-related-link", relative="relative-related-link")
        if link is None and is_blank(node):
            self._report("related-without-link", item.index)
        title = self._text(entries, "title")
        if not title:
            self._report("related-without-title", item.index)
        published_at = self._moment(entries.get("publishedDateTime"), "bad-other-date")
        provider = entries.get("provider")
        if isinstance(provider, YamlMap):
            name = self._text(provider.entries, "name") or self._text(provider.entries, "domain")
        else:
            name = self._text(entries, "provider")
        return Related(title, link, name, published_at) if title and link is not None else None

    # ── single values ────────────────────────────────────────────────────────────────────────

    def _text(self, entries: Entries, key: str, limit: int | None = MAX_LABEL) -> str:
        node = entries.get(key)
        if isinstance(node, str):
            text = plain(node)
            return text if limit is None else cut(text, limit)
        if node is not None and not is_null(node):
            self._wrong_shape(key, node)
        return ""

    def _flag(self, entries: Entries, key: str, *, default: bool) -> bool | None:
        node = entries.get(key)
        if node is None:
            return default
        value = flag(node) if isinstance(node, str) else None
        if value is None:
            self._report("bad-flag", position(node), f"{key}: {_shown(node)}")
        return value

    def _number(self, entries: Entries, key: str, *, least: int = 0) -> int | None:
        node = entries.get(key)
        if node is None or is_blank(node):
            return None
        value = number(node) if isinstance(node, str) else None
        if value is None or value < least:
            self._report("bad-number", position(node), f"{key}: {_shown(node)}")
            return None
        return value

    def _moment(self, node: Node | None, code: str) -> datetime | None:
        if node is None or is_blank(node):
            return None
        value = moment(node) if isinstance(node, str) else None
        if value is None:
            self._report(code, position(node), _shown(node))
        return value

    def _link(self, node: Node | None, bad: str, relative: str) -> str | None:
        """The absolute link; None where there is none, or none that can be used."""
        if node is None or is_blank(node):
            return None
        link = web_link(node, self._base) if isinstance(node, str) else LinkFault.BAD
        if isinstance(link, str):
            return link
        self._report(relative if link is LinkFault.RELATIVE else bad, position(node), _shown(node))
        return None

    def _wrong_shape(self, key: str, node: Node) -> None:
        self._report("wrong-shape", position(node), f"{key}: {_shown(node)}")


def is_blank(node: Node | None) -> bool:
    """Whether there is no value, or only white space."""
    return not node or node.isspace() if isinstance(node, str) else is_null(node)


def _items(node: Node | None) -> list[Node]:
    """The entries of a list; a single value counts as a list of one."""
    if isinstance(node, YamlList):
        return [item for item in node.items if not is_null(item)]
    return [] if node is None or is_null(node) else [node]


def _shown(node: Node) -> str:
    if isinstance(node, Null):
        return "" if node.event is None else node.event.value
    if isinstance(node, str):
        return node
    return "a list" if isinstance(node, YamlList) else "a mapping"
