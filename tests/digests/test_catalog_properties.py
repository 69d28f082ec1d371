"""Whatever happens to the files, in whatever order they are looked at: after each look, the catalog
holds what a few lines of plain Python work out from the files alone.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digests.storage import open_database
from digests.topic_files import read_topics
from tests.build import NOW, file_text
from tests.shelf import Shelf, age, write_topic

PATHS = st.sampled_from(["a.md", "b.md", "sub/c.md"])
LABELS = st.sampled_from(["AI", "ai", "Vision", "Space"])


@dataclass(frozen=True)
class Written:
    """A file comes, or is changed; published so many hours before NOW."""

    path: str
    link: int
    hour: int
    topics: tuple[str, ...]
    published: bool
    broken: bool

    @property
    def text(self) -> str:
        """What stands in the file."""
        text = file_text(
            60 * self.hour,
            topics=self.topics,
            published=self.published,
            webUrl=f"https://news.example/{self.link}",
            title=f"From {self.path}",
        )
        return text[:30] if self.broken else text


@dataclass(frozen=True)
class Deleted:
    """A file goes."""

    path: str


@dataclass(frozen=True)
class Defined:
    """A topic file comes, or is changed."""

    name: str
    parent: str


Step = Written | Deleted | Defined
STEPS: st.SearchStrategy[list[tuple[Step, bool | None]]] = st.lists(
    st.tuples(
        st.one_of(
            st.builds(
                Written,
                path=PATHS,
                link=st.integers(1, 2),
                hour=st.sampled_from([0, 1, 2, 3, -1]),
                topics=st.lists(LABELS, max_size=3).map(tuple),
                published=st.sampled_from([True] * 6 + [False]),
                broken=st.sampled_from([False] * 6 + [True]),
            ),
            st.builds(Deleted, path=PATHS),
            st.builds(Defined, name=LABELS, parent=LABELS),
        ),
        # A look everywhere, at what was touched since the last look, or none.
        st.sampled_from([True, False, False, None]),
    ),
    min_size=6,
    max_size=16,
)


class Story:
    """A folder to which things happen, and a catalog that looks now and then."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.now = NOW
        self.files: dict[str, Written] = {}
        self.touched: set[str] = set()

    def take(self, step: Step) -> None:
        self.now += timedelta(minutes=20)
        folder = self.shelf.folder
        match step:
            case Written():
                (folder / step.path).parent.mkdir(exist_ok=True)
                (folder / step.path).write_text(step.text)
                self.files[step.path] = step
                self.touched.add(step.path)
                age(folder / step.path, self.now - timedelta(minutes=5))
            case Deleted():
                (folder / step.path).unlink(missing_ok=True)
                self.files.pop(step.path, None)
                self.touched.add(step.path)
            case Defined():
                path = write_topic(folder / "topics", step.name, f"parent: {step.parent}\n")
                self.touched.add(f"topics/{path.name}")
                age(path, self.now - timedelta(minutes=5))

    async def look(self, *, everywhere: bool) -> None:
        await self.shelf.catalog.refresh(self.now, None if everywhere else self.touched)
        self.touched = set()
        published = self._published()
        found = (await self.shelf.published()).values()
        assert {one.article.link: one.article.title for one in found} == {
            f"https://news.example/{link}": f"From {one.path}" for link, one in published.items()
        }
        topics = {
            name.casefold(): one.articles for name, one in (await self.shelf.topics()).items()
        }
        assert topics == self._topics(published)

    def _published(self) -> dict[int, Written]:
        """For each link the file that counts: the latest, of equal ones the first by path."""
        counting: dict[int, Written] = {}
        for path in sorted(self.files, reverse=True):
            one = self.files[path]
            time = NOW - timedelta(hours=one.hour)
            if one.published and not one.broken and time <= self.now:
                other = counting.get(one.link)
                if other is None or one.hour <= other.hour:
                    counting[one.link] = one
        return counting

    def _topics(self, published: dict[int, Written]) -> dict[str, int]:
        definitions = read_topics(self.shelf.folder).definitions
        parents = {one.name.casefold(): one.parent.casefold() for one in definitions}
        counts = Counter(dict.fromkeys(parents, 0))
        for one in published.values():
            carried = {label.casefold() for label in one.topics}
            for label in list(carried):
                while label := parents.get(label, ""):
                    carried.add(label)
            counts.update(carried)
        return dict(counts)


async def _play(steps: list[tuple[Step, bool | None]], scratch: Path) -> None:
    folder = scratch / "articles"
    folder.mkdir()
    database = open_database(f"sqlite:///{scratch}/test.db")
    try:
        story = Story(Shelf(database, folder))
        for step, everywhere in steps:
            story.take(step)
            if everywhere is not None:
                await story.look(everywhere=everywhere)
        await story.look(everywhere=False)
    finally:
        await database.close()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_the_catalog_holds_what_the_files_say(
    migrated_file: Path, steps: list[tuple[Step, bool | None]]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(migrated_file, Path(scratch) / "test.db")
        asyncio.run(_play(steps, Path(scratch)))
