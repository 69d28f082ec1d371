"""Text in any script in; its words, without case and punctuation, out (pure)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# Scripts that set no blanks between words: there each character counts as a word of its own.
_WITHOUT_BLANKS = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Myanmar
    ("\u1780", "\u17ff"),  # Khmer
    ("\u2e80", "\u9fff"),  # Chinese, Japanese
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


def words(text: str) -> Iterator[str]:
    """The words of a text, in order. ``+`` and ``#`` belong to the word they end: C++, C#."""
    word = ""
    for character in unicodedata.normalize("NFKC", text).casefold():
        if character in "'\u2019":
            continue
        alone = character >= "\u0e00" and any(a <= character <= z for a, z in _WITHOUT_BLANKS)
        if not alone and (_in_a_word(character) or (word and character in "+#")):
            word += character
            continue
        if word:
            yield word
        word = ""
        if alone and _in_a_word(character):
            yield character
    if word:
        yield word


def spaced(text: str) -> str:
    """The words of a text with a blank before, between and after them; one blank if none.

    ``spaced(part) in spaced(whole)`` tells whether words stand in a text, whole and in order.
    """
    return f" {' '.join(words(text))} "


def _in_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
