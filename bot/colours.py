"""Colours as people write them in, numbers 0xRRGGBB out, and back (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

PALETTE: Mapping[str, int] = {
    "blue": 0x5B8DEF,
    "teal": 0x2FA8A0,
    "green": 0x4CAF6D,
    "yellow": 0xB5A033,
    "orange": 0xE08A3C,
    "red": 0xDB6B5F,
    "pink": 0xD5699B,
    "purple": 0x9A78DB,
}
"""Of one lightness, so that none shouts, and seen well on Discord's dark and light themes."""

GREY = 0x8A93A3
"""Of that lightness, too; for what has no topic."""

_HEX = re.compile(r"(?:#|0x)?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


def parse_colour(text: str) -> int | None:
    """``#1F8B4C``, ``1f8b4c`` or ``#fa0``, or the name of one of ours; None if it is none."""
    typed = text.strip()
    if (known := PALETTE.get(typed.casefold())) is not None:
        return known
    found = _HEX.fullmatch(typed)
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return int(digits, 16)


def written(colour: int) -> str:
    """``#1F8B4C``."""
    return f"#{colour:06X}"
