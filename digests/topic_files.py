"""The library folder in, what its topic files say out, with every problem they have.

A topic file is YAML with ``name`` and perhaps ``shortname``, ``parent`` and ``keywords``; other
keys are ignored. The files lie in ``_data/topics`` or ``topics``, inside the library or beside it.
They are read under the same guards as articles.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from digests.files import read_bytes
from digests.frontmatter import GuardedHandler, Node, YamlList, YamlMap, position
from digests.model import Problem, Severity
from digests.problems import Kind, Report
from digests.text import plain
from digests.topics import Definition, topic_key

FOLDERS = ("_data/topics", "topics")
MAX_NAME = 100  # characters, as a topic in an article
MAX_KEYWORDS = 100

KINDS = MappingProxyType(
    {
        "topic-without-name": Kind(
            Severity.ERROR,
            "A topic file has no name, or one that is too long.",
            "name: a text of at most 100 characters",
            "Add the name as articles write it.",
        ),
        "duplicate-topic": Kind(
            Severity.WARNING,
            "Two topic files have the same name; the second is ignored.",
            "one file for each topic",
            "Delete one of the two files, or give it another name.",
        ),
        "duplicate-shortname": Kind(
            Severity.WARNING,
            "A topic's short name is the name or the short name of another; it is ignored.",
            "a short name that no other topic has",
            "Choose another short name.",
        ),
        "unknown-parent": Kind(
            Severity.WARNING,
            "No topic file has the name that a topic names as its parent; it has no parent.",
            "the name of a topic that has a file",
            "Correct the parent's name, or add a file for it.",
        ),
        "topic-circle": Kind(
            Severity.WARNING,
            "A topic's parents lead back to itself; this one is ignored.",
            "a parent that is not below the topic itself",
            "Delete the parent in one of the files of the circle.",
        ),
    }
)
"""What can be wrong with topic files beyond what can be wrong with any YAML."""


@dataclass(frozen=True, slots=True)
class TopicFiles:
    """What the files say, in their order; ``whole`` is False if one could not be read."""

    definitions: tuple[Definition, ...] = ()
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    files: int = 0


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition, and the file that has it."""

    path: str
    definition: Definition


Seen = tuple[tuple[str, int, int], ...]
"""The path, the time (ns) and the size of each topic file: while it is the same, so are they."""


def topic_folder(root: Path) -> Path | None:
    """The first folder that holds topic files; None if there is none."""
    root = root.absolute()
    for base in (root, root.parent):
        for name in FOLDERS:
            if _names(base / name):
                return base / name
    return None


def see_topics(root: Path) -> Seen:
    """The topic files as they are now, unread."""
    folder = topic_folder(root)
    if folder is None:
        return ()
    seen = []
    for path in (folder / name for name in _names(folder)):
        with suppress(OSError):  # The reader says why.
            status = path.stat()
            seen.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(seen)


def read_topics(root: Path) -> TopicFiles:
    """Read every topic file; paths in problems are relative to ``root``."""
    folder = topic_folder(root)
    if folder is None:
        return TopicFiles()
    names = _names(folder)
    shown = Path(os.path.relpath(folder, root)).as_posix()
    found: list[Defined] = []
    problems: list[Problem] = []
    whole = True
    for name in names:
        path = f"{shown}/{name}"
        data = read_bytes(folder, folder / name)
        if isinstance(data, Problem):
            problems.append(replace(data, path=path))
            whole = False
            continue
        definition, faults = read_topic(data, path)
        problems += faults
        if definition is None:
            whole = False
        else:
            found.append(Defined(path, definition))
    definitions, others = relate(found, whole=whole)
    return TopicFiles(definitions, (*problems, *others), whole, len(names))


def read_topic(data: bytes, path: str) -> tuple[Definition | None, tuple[Problem, ...]]:
    """Read the bytes of one topic file; no definition where a problem is an error."""
    report = Report(path)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        report("not-utf8")
        return None, report.problems()
    if not text.strip():
        report("empty-file")
        return None, report.problems()
    handler = GuardedHandler(report)
    entries = handler.load(text)
    name = _text(entries.get("name"))
    definition = Definition(
        name,
        _text(entries.get("shortname"))[:MAX_NAME],
        _text(entries.get("parent")),
        tuple(_texts(entries.get("keywords"))),
    )
    for key in ("shortname", "parent"):
        node = entries.get(key)
        if isinstance(node, (YamlMap, YamlList)):
            report("wrong-shape", position(node), f"{key}: a list or a mapping")
    problems = report.problems(text)
    # After a fault of syntax a missing name proves nothing.
    if len(name) > MAX_NAME or (not name and handler.whole):
        problems = (*problems, _problem("topic-without-name", path, name))
    if any(one.severity is Severity.ERROR for one in problems):
        return None, problems
    return definition, problems


def relate(
    found: Sequence[Defined], *, whole: bool = True
) -> tuple[tuple[Definition, ...], list[Problem]]:
    """The definitions without what cannot be: doubles, parents that are unknown or go in circles.

    Without ``whole`` there are files that could not be read, so a parent may be in one of them.
    """
    problems: list[Problem] = []
    topics: dict[str, Defined] = {}
    for one in found:
        first = topics.setdefault(topic_key(one.definition.name), one)
        if first is not one:
            known = f"{one.definition.name} (also in {first.path})"
            problems.append(_problem("duplicate-topic", one.path, known))
    _drop_shortnames(topics, problems)
    _drop_parents(topics, problems, whole=whole)
    return tuple(one.definition for one in topics.values()), problems


def _drop_shortnames(topics: dict[str, Defined], problems: list[Problem]) -> None:
    shorts: dict[str, str] = {}
    for key, one in topics.items():
        short = topic_key(one.definition.shortname)
        if not short:
            continue
        if short == key:
            topics[key] = replace(one, definition=replace(one.definition, shortname=""))
        elif short in topics or shorts.setdefault(short, key) != key:
            problems.append(_problem("duplicate-shortname", one.path, one.definition.shortname))
            topics[key] = replace(one, definition=replace(one.definition, shortname=""))


def _drop_parents(topics: dict[str, Defined], problems: list[Problem], *, whole: bool) -> None:
    """Parents become names; what cannot be followed to its end is dropped, in the files' order."""
    shorts = {topic_key(one.definition.shortname): key for key, one in topics.items()}
    parents: dict[str, str] = {}
    for key, one in topics.items():
        asked = topic_key(one.definition.parent)
        if not asked:
            continue
        parent = asked if asked in topics else shorts.get(asked, asked)
        if parent not in topics:
            if not whole:
                continue
            code = "unknown-parent"
        elif _leads_to(parent, key, parents):
            code = "topic-circle"
        else:
            parents[key] = parent
            name = topics[parent].definition.name
            topics[key] = replace(one, definition=replace(one.definition, parent=name))
            continue
        problems.append(_problem(code, one.path, one.definition.parent))
        topics[key] = replace(one, definition=replace(one.definition, parent=""))


def _leads_to(start: str, end: str, parents: dict[str, str]) -> bool:
    key: str | None = start
    while key is not None and key != end:
        key = parents.get(key)
    return key is not None


def is_topic_file(path: str) -> bool:
    """Whether a path or name is that of a topic file, if it is in the right folder."""
    name = path.rpartition("/")[2]
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")


def _names(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return []
    return sorted(filter(is_topic_file, names))


def _problem(code: str, path: str, found: str) -> Problem:
    kind = KINDS[code]
    return Problem(path, 1, 1, kind.severity, code, found[:80], kind.expected, kind.mend)


def _text(node: Node | None) -> str:
    return plain(node) if isinstance(node, str) else ""


def _texts(node: Node | None) -> Iterable[str]:
    items = node.items if isinstance(node, YamlList) else [node]
    texts = [_text(item)[:MAX_NAME] for item in items[:MAX_KEYWORDS]]
    return dict.fromkeys(filter(None, texts))
