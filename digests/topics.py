"""Topic labels in, the keys they are compared by and the nearest names out (pure)."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def topic_key(label: str) -> str:
    """What two labels are compared by: no case, blanks folded."""
    return " ".join(label.split()).casefold()


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

    def group(name: str) -> int:
        other = topic_key(name)
        if other.startswith(key):
            return 0
        return 1 if f" {key}" in other else 2

    return sorted((name for name in names if key in topic_key(name)), key=group)[:most]
