"""A folder of articles with its catalog, and what can be asked of it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from digests.catalog import Catalog
from digests.model import Published, Topic
from digests.storage import Database, library
from tests.build import NOW

LATER = NOW + timedelta(minutes=1)


class Shelf:
    """A folder of articles, its catalog, and what is published from it."""

    def __init__(self, database: Database, folder: Path, asset_base: str | None = None) -> None:
        self.database = database
        self.folder = folder
        self.catalog = Catalog(database, folder, max_age=timedelta(days=14), asset_base=asset_base)

    def again(self, asset_base: str | None = None) -> Shelf:
        """The same after a restart of the program."""
        return Shelf(self.database, self.folder, asset_base)

    async def published(self) -> dict[str, Published]:
        """What is published, by title."""
        async with self.database.read() as connection:
            ids = range(1, await library.latest_sequence(connection) + 1)
            found = await library.published(connection, ids)
        return {one.article.title: one for one in found.values()}

    async def topics(self) -> dict[str, Topic]:
        """The topics there are, by name."""
        async with self.database.read() as connection:
            return {one.name: one for one in await library.list_topics(connection)}

    async def on(self, label: str) -> set[str]:
        """Titles of the published articles that following a topic brings."""
        async with self.database.read() as connection:
            topic = await library.find_topic(connection, label)
            assert topic is not None
            found = await library.latest(connection, [topic.id], 100)
        return {one.article.title for one in found}


def age(path: Path, when: datetime) -> Path:
    """Set when a file was last changed."""
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def write_topic(folder: Path, name: str, text: str = "") -> Path:
    """Write a topic file, named after its topic; ``text`` are further lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name.lower().replace(' ', '-')}.yaml"
    path.write_text(f"name: {name}\n{text}", encoding="utf-8")
    return age(path, NOW - timedelta(days=1))
