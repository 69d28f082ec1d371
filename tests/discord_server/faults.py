"""Takes a script of faults; tells for each request which of them befall it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from .errors import Json
from .limits import too_many


class Kind(StrEnum):
    """What happens to the request."""

    STATUS = "status"  # answered with a status and body, not handled
    SLOW = "slow"  # handled after ``seconds``
    RESET_BEFORE = "reset_before"  # connection reset, not handled
    SLOW_ANSWER = "slow_answer"  # handled at once, answered after ``seconds``
    RESET_AFTER = "reset_after"  # handled, then the connection is reset: the response is lost
    HANG_UP = "hang_up"  # connection closed in good order, not handled


@dataclass(slots=True)
class Fault:
    """One fault for requests to ``method`` ("*": any) and ``path`` (``*``: any text in it).

    It strikes ``times`` times (None: without end), each chance taken with ``probability``.
    ``hits`` counts how often it struck.
    """

    kind: Kind
    method: str = "*"
    path: str = "*"
    times: int | None = 1
    probability: float = 1.0
    status: int = 500
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    hits: int = 0

    def is_for(self, method: str, path: str) -> bool:
        if self.times is not None and self.hits >= self.times:
            return False
        return self.method in ("*", method) and fnmatchcase(path, self.path)


class Faults:
    """The script. Its chances come from one seeded random, so a run can be had again."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._script: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Add a fault to the end of the script; gives it back for its ``hits``."""
        self._script.append(fault)
        return fault

    def clear(self) -> None:
        """Drop the script: from now on all goes well."""
        self._script.clear()

    def status(
        self,
        status: int,
        method: str = "*",
        path: str = "*",
        *,
        code: int = 0,
        times: int | None = 1,
        probability: float = 1.0,
    ) -> Fault:
        """Answer with an HTTP status and a JSON error of Discord's ``code``."""
        body = {"message": f"{status}: scripted fault", "code": code}
        return self.add(Fault(Kind.STATUS, method, path, times, probability, status, body))

    def rate_limited(
        self,
        retry_after: float,
        method: str = "*",
        path: str = "*",
        *,
        scope: str = "user",
        times: int | None = 1,
    ) -> Fault:
        """Answer 429 of a scope (user, global, shared), to be tried again after so many seconds."""
        error = too_many(retry_after, scope=scope)
        fault = Fault(Kind.STATUS, method, path, times, status=429, body=error.body)
        fault.headers = error.headers
        return self.add(fault)

    def slow(
        self, seconds: float, method: str = "*", path: str = "*", *, times: int | None = 1
    ) -> Fault:
        """Handle the request only after ``seconds``."""
        return self.add(Fault(Kind.SLOW, method, path, times, seconds=seconds))

    def slow_answer(
        self, seconds: float, method: str = "*", path: str = "*", *, times: int | None = 1
    ) -> Fault:
        """Handle the request at once, but answer only after ``seconds``."""
        return self.add(Fault(Kind.SLOW_ANSWER, method, path, times, seconds=seconds))

    def reset_before(
        self,
        method: str = "*",
        path: str = "*",
        *,
        times: int | None = 1,
        probability: float = 1.0,
    ) -> Fault:
        """Reset the connection before the request is handled: nothing was done."""
        return self.add(Fault(Kind.RESET_BEFORE, method, path, times, probability))

    def reset_after(
        self,
        method: str = "*",
        path: str = "*",
        *,
        times: int | None = 1,
        probability: float = 1.0,
    ) -> Fault:
        """Handle the request, then reset the connection: it was done, the response is lost."""
        return self.add(Fault(Kind.RESET_AFTER, method, path, times, probability))

    def hang_up(self, method: str = "*", path: str = "*", *, times: int | None = 1) -> Fault:
        """Close the connection in good order, but without an answer: nothing was done."""
        return self.add(Fault(Kind.HANG_UP, method, path, times))

    def strike(self, method: str, path: str) -> list[Fault]:
        """The faults that befall this request: slow ones, and at most one of the others."""
        if not self._script:
            return []
        struck: list[Fault] = []
        for fault in self._script:
            if not fault.is_for(method, path):
                continue
            if fault.probability < 1.0 and self._random.random() >= fault.probability:
                continue
            fault.hits += 1
            struck.append(fault)
            if fault.kind is not Kind.SLOW:
                break
        return struck
