"""Words in, published articles out, by each database's own full-text index (migration 0002)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import text

from digests.model import Published
from digests.storage import library
from digests.storage.database import Connection

MOST = 8
LONGEST = 40
SHORTEST_BEGINNING = 3
"""A shorter word means just itself: "AI" is not the beginning of "air"."""

_DIACRITICS = re.compile("[\u0300-\u036f]+")

# A word in the title counts most; where two articles match alike, the later known comes first.
# The articles themselves are not asked: that would fetch each of thousands for a page of five.
_SQLITE = text(
    """
    SELECT rowid FROM article_words WHERE article_words MATCH :query
    ORDER BY bm25(article_words, 8.0, 2.0, 1.0), rowid DESC LIMIT :most OFFSET :skip
    """
)
_SQLITE_COUNT = text("SELECT count(*) FROM article_words WHERE article_words MATCH :query")
_POSTGRESQL = text(
    """
    SELECT article_id FROM article_words WHERE words @@ to_tsquery('simple', :query)
    ORDER BY ts_rank(words, to_tsquery('simple', :query), 1) DESC, article_id DESC
    LIMIT :most OFFSET :skip
    """
)
_POSTGRESQL_COUNT = text(
    "SELECT count(*) FROM article_words WHERE words @@ to_tsquery('simple', :query)"
)


def words(typed: str) -> tuple[str, ...]:
    """The words in ``typed``: lower case, without diacritics, each once, eight at most."""
    bare = _DIACRITICS.sub("", unicodedata.normalize("NFKD", typed[:500].lower()))
    recomposed = unicodedata.normalize("NFKC", bare)
    spaced = "".join(one if _in_a_word(one) else " " for one in recomposed)
    return tuple(dict.fromkeys(word[:LONGEST] for word in spaced.split()))[:MOST]


async def search(
    connection: Connection, words: Sequence[str], skip: int, most: int
) -> tuple[list[Published], int]:
    """Published articles that hold all the words, the best first, and how many there are.

    ``words`` are as the function gives them; without any, nothing is found.
    """
    if not words:
        return [], 0
    if connection.dialect.name == "sqlite":
        query, ranked, counted = _fts5(words), _SQLITE, _SQLITE_COUNT
    else:
        query, ranked, counted = _tsquery(words), _POSTGRESQL, _POSTGRESQL_COUNT
    total = await connection.scalar(counted, {"query": query}) or 0
    if total <= skip:
        return [], total
    ids = list(
        await connection.scalars(ranked, {"query": query, "skip": skip, "most": most}),
    )
    found = await library.published(connection, ids)
    return [found[id_] for id_ in ids if id_ in found], total


def _fts5(words: Sequence[str]) -> str:
    """Quoted, so that no word is an operator, a column or a syntax error."""
    return " ".join(f'"{word}"{"*" if _begins(word) else ""}' for word in words)


def _tsquery(words: Sequence[str]) -> str:
    return " & ".join(f"'{word}'{':*' if _begins(word) else ''}" for word in words)


def _begins(word: str) -> bool:
    """Whether the word also stands for the longer words that begin with it."""
    return len(word) >= SHORTEST_BEGINNING


def _in_a_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Mn", "Mc")
