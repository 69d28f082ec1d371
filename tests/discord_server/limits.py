"""Takes each request and the time; gives rate limit headers, or the 429 that Discord answers."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass

from .errors import ApiError, Json

INVALID = frozenset({401, 403, 429})
_VIA = "1.1 loopback"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A kind of bucket: ``limit`` requests in ``seconds``, under the id ``name``."""

    name: str
    limit: int
    seconds: float


CHANNEL_MESSAGES = Bucket("80c17d2f203122d936070c88c8d10f33", 5, 5.0)
WEBHOOK = Bucket("3cd1f278bd0ecaf11e0d2391c374f58d", 5, 2.0)


def too_many(
    retry_after: float, *, scope: str, headers: dict[str, str] | None = None, code: int = 0
) -> ApiError:
    """The 429 of a scope (user, global, shared), to be tried again after so many seconds."""
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": round(retry_after, 3),
        "global": scope == "global",
    }
    if code:
        body["code"] = code
    made = {
        **(headers or {}),
        "Via": _VIA,
        "Retry-After": str(math.ceil(retry_after)),
        "X-RateLimit-Scope": scope,
    }
    if scope == "global":
        made["X-RateLimit-Global"] = "true"
    return ApiError(429, body, made)


class Sliding:
    """At most ``limit`` events in any ``seconds``."""

    __slots__ = ("_times", "limit", "seconds")

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._times: deque[float] = deque()

    def count(self, now: float) -> int:
        """The events within the last ``seconds``."""
        while self._times and self._times[0] <= now - self.seconds:
            self._times.popleft()
        return len(self._times)

    def add(self, now: float) -> None:
        """Count one event, whatever the limit says."""
        self._times.append(now)

    def take(self, now: float) -> float:
        """Count one event and give 0, or give the seconds to wait for room (then not counted)."""
        if self.count(now) >= self.limit:
            # Rounding may leave nothing of a wait that is not over.
            return max(self._times[0] + self.seconds - now, 0.001)
        self._times.append(now)
        return 0.0


@dataclass(slots=True)
class _Window:
    ends: float
    used: int


class Limits:
    """The rate limits of one app. With ``on`` False it only counts invalid requests.

    ``a_second``: requests a second for the bot, as for the address where no token is sent.
    ``ban_at``: invalid requests in ten minutes, after which the address is cut off by a 429 that
    is not Discord's (no ``Via``, HTML).
    """

    def __init__(self, *, on: bool, a_second: int = 50, ban_at: int = 10_000) -> None:
        self.on = on
        self.bot = Sliding(a_second, 1.0)
        self.address = Sliding(a_second, 1.0)
        self.invalid_in_10_min = Sliding(ban_at, 600.0)
        self.invalid = 0
        self._windows: dict[Hashable, _Window] = {}

    def banned(self, now: float) -> bool:
        """Whether the address sent so many invalid requests that it is cut off."""
        return self.on and self.invalid_in_10_min.count(now) >= self.invalid_in_10_min.limit

    def take_global(self, now: float, *, with_token: bool) -> None:
        """Count a request towards the global limit; ApiError 429 when that is used up."""
        if not self.on:
            return
        wait = (self.bot if with_token else self.address).take(now)
        if wait:
            raise too_many(wait, scope="global")

    def take_bucket(self, bucket: Bucket | None, key: Hashable, now: float) -> dict[str, str]:
        """Count a request in its bucket and give the headers; ApiError 429 when it is empty."""
        if not self.on or bucket is None:
            return {}
        place = (bucket.name, key)
        window = self._windows.get(place)
        if window is None or window.ends <= now:
            self._forget_old(now)
            window = self._windows[place] = _Window(now + bucket.seconds, 0)
        left = window.ends - now
        allowed = window.used < bucket.limit
        if allowed:
            window.used += 1
        headers = {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.limit - window.used),
            "X-RateLimit-Reset": f"{window.ends:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": bucket.name,
        }
        if not allowed:
            raise too_many(left, scope="user", headers=headers)
        return headers

    def note(self, status: int, scope: str | None, now: float) -> None:
        """Count an answer as invalid if it is a 401, 403, or a 429 that is not shared."""
        if status in INVALID and scope != "shared":
            self.invalid += 1
            self.invalid_in_10_min.add(now)

    def _forget_old(self, now: float) -> None:
        if len(self._windows) >= 4096:
            live = {place: w for place, w in self._windows.items() if w.ends > now}
            self._windows = live
