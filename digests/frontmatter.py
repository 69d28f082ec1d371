"""In: a file's text. Out: its front matter as a tree that knows where each value stands, its body.

PyYAML's own loaders build nodes recursively, resolve every scalar and expand every alias: a nested
file crashes the C one, a long number or a merge bomb takes seconds. Here one pass over the C
parser's events builds the tree under limits, and nothing is resolved before somebody asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice
from typing import cast

from frontmatter.default_handlers import YAMLHandler
from yaml import (
    AliasEvent,
    CBaseLoader,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from yaml.reader import ReaderError

from digests.problems import MAX_OF_ONE_CODE, Report

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_VALUES = 20_000
MAX_ALIASES = 100

_MAX_RESTARTS = 20  # faults of syntax that one file is searched for

_OVER_BUDGET = frozenset({"too-many-values", "too-many-aliases"})

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""How a value that is none is written."""

_YAML_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset(
    {"!"} | {_YAML_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp")}
)
_MAPPING_TAGS = frozenset({"!", _YAML_TAG + "map"})
_SEQUENCE_TAGS = frozenset({"!", _YAML_TAG + "seq"})

# What libyaml refuses. The second pattern finds one of them a line.
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORBIDDEN_IN_LINE = re.compile(f"({_FORBIDDEN.pattern}).*")
_TOP_LEVEL_KEY = re.compile(r"^[A-Za-z]\w*:(?=[ \t\n])", re.MULTILINE)


class Scalar(str):
    """A scalar's text; the parser's event knows its style and its place."""

    __slots__ = ("event",)

    event: ScalarEvent


@dataclass(slots=True)
class Null:
    """YAML's null, or nothing where a value could be; ``event`` as in ``Scalar``, if known."""

    event: ScalarEvent | None = None


@dataclass(slots=True)
class YamlMap:
    """A mapping: its values by key, and the index of its first character."""

    index: int
    entries: dict[str, Node]


@dataclass(slots=True)
class YamlList:
    """A sequence: its values, and the index of its first character."""

    index: int
    items: list[Node]


Node = str | Null | YamlMap | YamlList


def position(node: Node) -> int:
    """The index in the front matter where ``node`` begins; 0 where that is not known."""
    if isinstance(node, (YamlMap, YamlList)):
        return node.index
    event: ScalarEvent | None = getattr(node, "event", None)
    return 0 if event is None else _index(event)


def is_null(node: Node | None) -> bool:
    """Whether there is no value: no node, an empty one, or YAML's null."""
    return node is None or isinstance(node, Null)


def _index(event: Event) -> int:
    return 0 if event.start_mark is None else event.start_mark.index


def _scalar(event: ScalarEvent) -> Scalar | Null:
    text, tag = event.value, event.tag
    if tag is None or tag == "!":
        if text in NULLS and event.implicit[0]:
            return Null(event)
    elif tag == _YAML_TAG + "null":
        return Null(event)
    scalar = Scalar(text)
    scalar.event = event
    return scalar


class GuardedHandler(YAMLHandler):
    """python-frontmatter's handler for one file: under limits, and with every fault reported.

    Keys in ``opaque`` are passed over: their values are neither kept nor shown. ``whole`` becomes
    False where a part of the front matter could not be read, so that a missing key proves nothing.
    """

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)

    def __init__(self, report: Report, opaque: Collection[str] = ()) -> None:
        super().__init__()
        self.whole = True
        self._report = report
        self._opaque = opaque

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body of a text whose lines end with \\n.

        Raises ValueError, as python-frontmatter expects it, where there is no front matter.
        """
        opening = self.FM_BOUNDARY.match(text, len(text) - len(text.lstrip()))
        if opening is None:
            self._report("no-front-matter", found=text.lstrip()[:3])
            raise ValueError("no front matter")
        start = closing = opening.end()
        while (closing := text.find("\n---", closing)) >= 0:
            boundary = self.FM_BOUNDARY.match(text, closing + 1)
            if boundary is not None:
                self._report.origin = start
                return text[start : closing + 1], text[boundary.end() :]
            closing += 1
        self._report("unclosed-front-matter", opening.start())
        raise ValueError("front matter is not closed")

    def load(self, fm: str, **_: object) -> dict[str, Node]:
        """The front matter's keys; those after a fault of syntax as well, where they are found."""
        try:
            return self._load(fm)
        except ReaderError:
            for match in islice(_FORBIDDEN_IN_LINE.finditer(fm), MAX_OF_ONE_CODE):
                self._report("control-character", match.start(), f"U+{ord(match[1]):04X}")
            return self._load(_FORBIDDEN.sub("\ufffd", fm))

    def _load(self, fm: str) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        start = 0
        for _ in range(_MAX_RESTARTS):
            # Line ends in the place of what has been read keep every index true.
            tree = _Tree("\n" * start + fm[start:], self._report, self._opaque)
            try:
                tree.document(entries)
            except ReaderError:
                raise
            except YAMLError as fault:
                place, told = _locate(fault)
                self._report("bad-yaml", place, told)
            except _StopError as stop:
                place = stop.index
                self._report(stop.code, place)
                if stop.code in _OVER_BUDGET:
                    start = len(fm)
            else:
                self.whole = self.whole and tree.whole
                return entries
            self.whole = False
            again = _TOP_LEVEL_KEY.search(fm, max(place, start + 1))
            if again is None:
                break
            start = again.start()
        return entries


def _locate(fault: YAMLError) -> tuple[int, str]:
    """Where a fault of syntax is, and what the parser says of it (nothing of the file's text)."""
    if not isinstance(fault, MarkedYAMLError):
        return 0, ""
    mark, opened, told = fault.problem_mark, fault.context_mark, fault.problem or ""
    # A quote or bracket that is never closed is found late: what helps is where it was opened.
    if opened is not None and (
        mark is None
        or told.startswith("found unexpected")
        or (mark.line != opened.line and "flow" in (fault.context or ""))
    ):
        mark = opened
    return (0 if mark is None else mark.index), told


class _StopError(Exception):
    """Reading cannot go on here; ``code`` is the problem."""

    def __init__(self, code: str, index: int) -> None:
        super().__init__(code)
        self.code = code
        self.index = index


class _Tree:
    """Builds the nodes of one text, and adds what is wrong with them to the report."""

    def __init__(self, text: str, report: Report, opaque: Collection[str]) -> None:
        # It answers None only after the end of the stream, which nobody here passes.
        self._next = cast("Callable[[], Event]", CBaseLoader(text.encode()).get_event)
        self._report = report
        self._opaque = opaque
        self._anchors: dict[str, Node] = {}
        self._values = 0
        self._aliases = 0
        self.whole = True

    def document(self, entries: dict[str, Node]) -> None:
        """Read the only document, a mapping, into ``entries``."""
        self._next()  # the stream begins
        if isinstance(self._next(), StreamEndEvent):
            return
        root = self._next()
        if isinstance(root, MappingStartEvent):
            self._check_tag(root, _MAPPING_TAGS)
            self._mapping(root, entries, 1)
        else:
            self.whole = False
            self._report("not-a-mapping", _index(root))
            self._node(root, 0)
        self._next()  # the document ends
        extra = self._next()
        if not isinstance(extra, StreamEndEvent):
            raise _StopError("second-document", _index(extra))

    def _node(self, event: Event, depth: int) -> Node:
        """The node that begins with ``event``, inside ``depth`` collections."""
        if isinstance(event, ScalarEvent):
            self._check_tag(event, _SCALAR_TAGS)
            node: Node = _scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._check_tag(event, _MAPPING_TAGS)
            node = YamlMap(_index(event), {})
            self._mapping(event, node.entries, depth + 1)
        elif isinstance(event, SequenceStartEvent):
            self._check_tag(event, _SEQUENCE_TAGS)
            node = YamlList(_index(event), [])
            self._sequence(event, node.items, depth + 1)
        else:
            return self._alias(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _mapping(self, start: Event, entries: dict[str, Node], depth: int) -> None:
        self._check_depth(start, depth)
        next_event, opaque = self._next, self._opaque
        # The commonest by far is a plain key with a plain value: nothing to build, little to check.
        while type(key := next_event()) is not MappingEndEvent:
            self._values += 1
            if self._values > MAX_VALUES:
                raise _StopError("too-many-values", _index(key))
            if type(key) is not ScalarEvent:
                self._report("bad-key", _index(key))
                self._node(key, depth)
                self._node(next_event(), depth)
                continue
            if key.tag is not None or key.anchor is not None:
                self._node(key, depth)
            name = key.value
            value = next_event()
            if name in entries:
                self._report("duplicate-key", _index(key), name)
            if name in opaque:
                self._pass_over(value, depth)
                entries[name] = YamlMap(_index(value), {})
            elif type(value) is ScalarEvent and value.tag is value.anchor is None:
                entries.setdefault(name, _scalar(value))
            else:
                entries.setdefault(name, self._node(value, depth))
        if "<<" in entries:
            self._merge(entries.pop("<<"), entries)

    def _sequence(self, start: Event, items: list[Node], depth: int) -> None:
        self._check_depth(start, depth)
        next_event = self._next
        while not isinstance(event := next_event(), SequenceEndEvent):
            self._count(_index(event))
            items.append(self._node(event, depth))

    def _pass_over(self, event: Event, depth: int) -> None:
        """Leave the node that begins with ``event`` unread."""
        inside = 0
        while True:
            self._count(_index(event))
            if isinstance(event, CollectionStartEvent):
                inside += 1
                self._check_depth(event, depth + inside)
            elif isinstance(event, CollectionEndEvent):
                inside -= 1
            if not inside:
                return
            event = self._next()

    def _alias(self, event: Event) -> Node:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise _StopError("too-many-aliases", _index(event))
        name = event.anchor if isinstance(event, AliasEvent) and event.anchor else ""
        # The very node that the anchor names: however often it is used, it exists once.
        node = self._anchors.get(name)
        if node is None:
            self.whole = False
            self._report("unknown-alias", _index(event), f"*{name}")
            nothing = (None, None, (True, False), "", event.start_mark, event.end_mark)
            return Null(ScalarEvent(*nothing))
        return node

    def _merge(self, merged: Node, entries: dict[str, Node]) -> None:
        """Add the keys of the mappings that ``<<`` names; what stands nearer wins."""
        for source in merged.items if isinstance(merged, YamlList) else [merged]:
            if not isinstance(source, YamlMap):
                self._report("bad-merge", position(source))
                continue
            self._count(source.index, len(source.entries))
            for name, node in source.entries.items():
                entries.setdefault(name, node)

    def _count(self, index: int, values: int = 1) -> None:
        self._values += values
        if self._values > MAX_VALUES:
            raise _StopError("too-many-values", index)

    def _check_depth(self, event: Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _StopError("too-deep", _index(event))

    def _check_tag(self, event: ScalarEvent | CollectionStartEvent, known: Collection[str]) -> None:
        if event.tag is not None and event.tag not in known:
            self._report("unknown-tag", _index(event), event.tag.replace(_YAML_TAG, "!!"))
