"""A folder of articles that change, and a made-up Discord that shows their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from digests.catalog import Catalog
from digests.correcting import QUIET, correct
from digests.mender import Mender
from digests.model import Address, Delivery
from digests.outcomes import Absent, Blocked, Edited, EditOutcome, Outcome, Sent, Unknown
from digests.posted import Edit
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, file_text, split_by_ten
from tests.fakes import Clock

WITHDRAWN = "withdrawn"
Step = EditOutcome | Callable[[Edit], EditOutcome]


@dataclass
class Wall:
    """A Discord where a message is a list of titles; '*' marks one that bears the note."""

    script: Iterable[Step] = ()
    messages: dict[int, list[str]] = field(default_factory=dict)
    posted: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """What each message said at first: (link, title) of its articles."""
    edited: list[Edit] = field(default_factory=list)
    ends: Iterator[str] = field(default_factory=lambda: cycle(["well"]))
    """How sends end."""
    _nonces: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._script: Iterator[Step] = iter(self.script)

    async def send(self, delivery: Delivery) -> Outcome:
        """Post it, once for each nonce."""
        end = next(self.ends)
        if end == "lost before":
            return Unknown("lost")
        if end == "blocked":
            return Blocked("the server's AutoMod blocked it")
        self.post(delivery)
        message_id = self._nonces[delivery.nonce]
        receipt = Sent(message_id, delivery.destination.address.id)
        return Unknown("lost") if end == "lost after" else receipt

    def post(self, delivery: Delivery) -> None:
        """What Discord does with a request that reaches it."""
        if delivery.nonce in self._nonces:
            return
        message_id = self._nonces[delivery.nonce] = 1000 + len(self._nonces)
        told = [(one.article.link, one.article.title) for one in delivery.articles]
        self.posted[message_id] = told
        self.messages[message_id] = [title for _, title in told]

    async def find(self, delivery: Delivery) -> Outcome:
        """Look for it by its nonce."""
        message_id = self._nonces.get(delivery.nonce)
        return Sent(message_id, delivery.destination.address.id) if message_id else Absent()

    async def edit(self, edit: Edit) -> EditOutcome:
        """Show what it says now."""
        step = next(self._script, None)
        outcome = step(edit) if callable(step) else step or Edited()
        if isinstance(outcome, Edited):
            self.apply(edit)
        return outcome

    def apply(self, edit: Edit) -> None:
        """What an edit makes of the message."""
        self.edited.append(edit)
        self.messages[edit.message_id] = [
            WITHDRAWN if one.article is None else one.article.title + "*" * bool(one.corrected_at)
            for one in edit.shown
        ]


class Pressroom:
    """A folder and its catalog, destinations, the relay and the mender around one Wall."""

    def __init__(self, database: Database, folder: Path, wall: Wall | None = None) -> None:
        self.database = database
        self.folder = folder
        self.clock = Clock(NOW)
        self.wall = wall or Wall()
        self.catalog = Catalog(database, folder, max_age=timedelta(days=14))
        self.service = DigestService(database, split_by_ten)
        self.relay = Relay(database, self.wall, self.clock)
        self.mender = Mender(database, self.wall, self.clock)

    def write(self, number: int, title: str = "", **keys: Any) -> Path:
        """Write an article's file; ``keys`` as in its front matter."""
        path = self.folder / f"{number}.md"
        given = {"title": title or f"Article {number}", "excerpt": f"What {number} says", **keys}
        path.write_text(file_text(number, **given))
        return path

    def remove(self, number: int) -> None:
        """Delete an article's file."""
        (self.folder / f"{number}.md").unlink()

    async def look(self) -> None:
        """Look into the folder."""
        await self.catalog.refresh(self.clock())

    async def post(self, *places: Address) -> None:
        """Each place begins to follow, and gets what there is."""
        await self.look()
        for place in places or (CHANNEL,):
            await self.service.follow(place, "AI", Wish(), by=ADMIN, now=self.clock())
        await self.relay.run_once()

    async def correct(self) -> int:
        """See what changed, and edit what has to be; how many messages have to."""
        await self.look()
        self.clock.forward(seconds=QUIET.total_seconds())
        wanted = await correct(self.database, self.clock())
        while await self.mender.run_once():
            pass
        return wanted

    @property
    def shown(self) -> list[list[str]]:
        """What the messages show."""
        return list(self.wall.messages.values())
