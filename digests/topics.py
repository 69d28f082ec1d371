"""Topic labels in, the keys they are compared by, what is above them and the nearest out (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from digests.model import Topic


@dataclass(frozen=True, slots=True)
class Definition:
    """What a topic file says: ``parent`` is a name; texts are empty where it says nothing."""

    name: str
    shortname: str = ""
    parent: str = ""
    keywords: tuple[str, ...] = ()


def topic_key(label: str) -> str:
    """What two labels are compared by: no case, blanks folded."""
    return " ".join(label.split()).casefold()


class Tree:
    """Which topics are above which, by id.

    A topic is below its parent; one whose key is another's short name is below that other. Where
    topics are above each other in a circle, each is above all others of it.
    """

    def __init__(self) -> None:
        self._keys: dict[int, str] = {}
        self._parents: dict[int, int] = {}
        self._shorts: dict[str, int] = {}

    def add(
        self, id_: int, key: str, *, parent: int | None = None, short: str | None = None
    ) -> None:
        """Put a topic in; its parent may follow later."""
        self._keys[id_] = key
        if parent is not None:
            self._parents[id_] = parent
        if short is not None:
            self._shorts.setdefault(short, id_)

    def above(self, ids: Collection[int]) -> set[int]:
        """The topics above these, without these."""
        found: set[int] = set()
        todo = list(ids)
        while todo:
            id_ = todo.pop()
            for other in (self._parents.get(id_), self._shorts.get(self._keys.get(id_, ""))):
                if other is not None and other not in found and other not in ids:
                    found.add(other)
                    todo.append(other)
        return found

    def below(self) -> dict[int, set[int]]:
        """For each topic that has others below it: these."""
        found: dict[int, set[int]] = {}
        for id_ in self._keys:
            for other in self.above({id_}):
                found.setdefault(other, set()).add(id_)
        return found


def nearest(asked: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like ``asked``: those that contain it first, then likely typos."""
    by_key = {topic_key(name): name for name in names}
    key = topic_key(asked)
    if not key:
        return []
    inside = [other for other in by_key if key in other or other in key.split()]
    close = get_close_matches(key, by_key, n=most, cutoff=0.6)
    return [by_key[one] for one in dict.fromkeys([*inside, *close])][:most]


def matching(typed: str, names: Sequence[str], most: int = 25) -> list[str]:
    """Names for a person who is still typing: beginnings first, then words, then anywhere.

    ``names`` come in order of preference, which is kept within each group.
    """
    key = topic_key(typed)
    ranked = [(rank, name) for name in names if (rank := _rank(key, name)) is not None]
    return [name for _, name in sorted(ranked, key=lambda one: one[0])][:most]


def matching_topics(typed: str, topics: Iterable[Topic], most: int = 25) -> list[Topic]:
    """As ``matching``; a topic's short name counts as its name, and its keywords come last."""
    key = topic_key(typed)
    found: list[tuple[int, Topic]] = []
    for topic in topics:
        ranks = [_rank(key, name) for name in (topic.name, topic.shortname)]
        ranks += [3 for word in topic.keywords if key and key in topic_key(word)]
        placed = [rank for rank in ranks if rank is not None]
        if placed:
            found.append((min(placed), topic))
    return [topic for _, topic in sorted(found, key=lambda one: one[0])][:most]


def nearest_topics(asked: str, topics: Iterable[Topic], most: int = 3) -> list[str]:
    """Names of the topics whose name or short name is most like ``asked``."""
    names: dict[str, str] = {}
    for topic in topics:
        names.setdefault(topic.name, topic.name)
        if topic.shortname:
            names.setdefault(topic.shortname, topic.name)
    return list(dict.fromkeys(names[one] for one in nearest(asked, names, most)))


def _rank(key: str, name: str) -> int | None:
    """0 at the name's beginning, 1 at a word's, 2 anywhere, None nowhere."""
    other = topic_key(name)
    if not other or key not in other:
        return None
    if other.startswith(key):
        return 0
    return 1 if f" {key}" in other else 2
