"""Takes the system's time and a shift; gives the server's now, and ids that grow with it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """The one clock of a server. ``advance`` moves it on, so that no test waits for a window."""

    __slots__ = ("_shift",)

    def __init__(self) -> None:
        self._shift = 0.0

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._shift

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        if seconds < 0:
            raise ValueError("a clock never goes back")
        self._shift += seconds

    def timestamp(self) -> str:
        """Now as ISO 8601 in UTC, the way Discord writes times."""
        return iso(self.now())


def iso(seconds: float) -> str:
    """Unix seconds as ISO 8601 in UTC with microseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


class Snowflakes:
    """Ids in Discord's form: milliseconds since 2015 in the upper 42 bits, always growing."""

    __slots__ = ("_clock", "_last")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A new id, larger than every id before it."""
        at = (int(self._clock.now() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(at, self._last + 1)
        return self._last
