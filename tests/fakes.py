"""Fakes with the real interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.model import Delivery
from digests.outcomes import Absent, Outcome, Sent


@dataclass
class Clock:
    """A clock that only moves when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on by a timedelta."""
        self.now += timedelta(**by)


@dataclass
class ScriptedSender:
    """A Sender that ends as scripted, then well; remembers everything it was asked to send."""

    script: Iterable[Outcome | Callable[[Delivery], Outcome]] = ()
    asked: list[Delivery] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    finding: Outcome = field(default_factory=Absent)
    looked_for: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._script = iter(self.script)

    async def send(self, delivery: Delivery) -> Outcome:
        self.asked.append(delivery)
        step = next(self._script, None)
        outcome = step(delivery) if callable(step) else step
        if outcome is None:
            outcome = Sent(10_000 + delivery.id, delivery.destination.address.id)
        if isinstance(outcome, Sent):
            self.sent.append(delivery)
        return outcome

    async def find(self, delivery: Delivery) -> Outcome:
        self.looked_for.append(delivery)
        return self.finding

    @property
    def posted(self) -> list[list[str]]:
        """Titles of what was posted, a list for each message."""
        return [[one.article.title for one in delivery.articles] for delivery in self.sent]
