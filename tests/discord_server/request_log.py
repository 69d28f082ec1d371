"""Takes each request as it is handled; keeps the log that tests look into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any


@dataclass(slots=True)
class Request:
    """One REST request. ``path`` is below the API's base and has no query.

    ``at`` is monotonic seconds at arrival. ``status`` is None until it is answered, and stays so
    when the connection was cut instead. ``body`` is the JSON sent, None without one. ``fault``
    names the scripted fault that befell it, if any.
    """

    method: str
    path: str
    query: dict[str, str]
    body: Any
    at: float
    status: int | None = None
    fault: str | None = None

    def is_to(self, method: str, pattern: str) -> bool:
        """Whether method ("*": any) and path match; in ``pattern`` a ``*`` stands for any text."""
        return method in ("*", self.method) and fnmatchcase(self.path, pattern)

    def to_json(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": self.body,
            "at": self.at,
            "status": self.status,
            "fault": self.fault,
        }


class RequestLog(list[Request]):
    """Every request in order of arrival."""

    def to(self, method: str, pattern: str) -> list[Request]:
        """The requests to one place, e.g. ``to("POST", "/channels/*/messages")``."""
        return [request for request in self if request.is_to(method, pattern)]

    def statuses(self) -> Counter[int | None]:
        """How many requests got which status."""
        return Counter(request.status for request in self)

    def busiest_second(self) -> int:
        """The most requests that arrived within any one second."""
        most = first = 0
        times = sorted(request.at for request in self)
        for last, at in enumerate(times):
            while at - times[first] >= 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most
