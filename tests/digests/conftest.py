"""What tests of the domain share."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.storage import Database
from tests.build import article, publish
from tests.digests.newsroom import Newsroom
from tests.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty library folder."""
    path = tmp_path / "library" / "articles"
    path.mkdir(parents=True)
    return path


@pytest.fixture
def shelf(database: Database, folder: Path) -> Shelf:
    """An empty library and its catalog, on each kind of database."""
    return Shelf(database, folder)


@pytest.fixture
async def room(database: Database) -> Newsroom:
    """With one old article, so that there are topics to follow."""
    room = Newsroom(database)
    await publish(database, article(1, "AI", "Space"), announced=False)
    return room
