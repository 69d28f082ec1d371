"""What a destination wants of its topics, and an article, in; the reason to leave it out (pure).

Filters belong to the destination, not to each of its topics: that is how people ask for them
("nothing below 50 in this channel"), and destinations that want the same share one digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from digests.model import Candidate, Filters
from digests.reasons import Reason
from digests.wording import spaced

NOTHING = Filters()
"""The filters that let everything through."""

MOST = 50
"""How many names or words one filter may hold."""

_MINIMA = ("min_quality", "min_heat")


@dataclass(frozen=True)
class Details:
    """What only some filters ask: an article's title and excerpt as one text, category, type."""

    text: str = ""
    category: str = ""
    type: str = ""

    @cached_property
    def words(self) -> str:
        """The words of the text, as ``spaced`` gives them."""
        return spaced(self.text)


def folded(names: Iterable[str]) -> frozenset[str]:
    """Names as they are compared: without case, blanks folded, none empty."""
    return frozenset(name for name in (" ".join(one.split()).casefold() for one in names) if name)


def terms(texts: Iterable[str]) -> frozenset[str]:
    """Words to look for as they are compared; what holds no letter and no digit is left out."""
    return frozenset(term for term in (spaced(one).strip() for one in texts) if term)


def needs_details(filters: Filters) -> bool:
    """Whether ``refusal`` looks at an article's words, category or type."""
    return bool(
        filters.only_words or filters.without_words or filters.only_categories or filters.only_types
    )


def refusal(candidate: Candidate, details: Details, filters: Filters) -> tuple[Reason, str] | None:
    """The first reason to leave an article out, with the number, name or word that decided."""
    if filters == NOTHING:
        return None
    if filters.min_quality is not None and (candidate.quality or 0) < filters.min_quality:
        return Reason.LOW_QUALITY, _short_of(candidate.quality, filters.min_quality)
    if filters.min_heat is not None and (candidate.heat or 0) < filters.min_heat:
        return Reason.LOW_HEAT, _short_of(candidate.heat, filters.min_heat)
    provider = " ".join(candidate.provider.split()).casefold()
    if provider in filters.without_providers:
        return Reason.PROVIDER_EXCLUDED, candidate.provider
    if filters.only_providers and provider not in filters.only_providers:
        return Reason.PROVIDER_NOT_ASKED_FOR, candidate.provider
    return _refusal_by_details(details, filters)


def _refusal_by_details(details: Details, filters: Filters) -> tuple[Reason, str] | None:
    for word in sorted(filters.without_words):
        if _pattern(word) in details.words:
            return Reason.WORD_EXCLUDED, word
    if filters.only_words and not any(_pattern(one) in details.words for one in filters.only_words):
        return Reason.WORD_MISSING, ", ".join(sorted(filters.only_words))
    if filters.only_categories and details.category.casefold() not in filters.only_categories:
        return Reason.CATEGORY, details.category
    if filters.only_types and details.type.casefold() not in filters.only_types:
        return Reason.TYPE, details.type
    return None


@lru_cache(maxsize=10_000)
def _pattern(word: str) -> str:
    return spaced(word)


def _short_of(value: int | None, wanted: int) -> str:
    return f"{'not measured' if value is None else value}, {wanted} wanted"


def to_json(filters: Filters) -> str | None:
    """The filters as text; equal filters give equal texts, and none at all gives None."""
    said = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in asdict(filters).items()
        if value is not None and value != frozenset()
    }
    return json.dumps(said, sort_keys=True) if said else None


def from_json(text: str | None) -> Filters:
    """The filters that ``to_json`` wrote; what a newer version added is ignored."""
    if text is None:
        return NOTHING
    names = {field.name for field in fields(Filters)}
    said: dict[str, Any] = {
        name: value if name in _MINIMA else frozenset(value)
        for name, value in json.loads(text).items()
        if name in names
    }
    return Filters(**said)
