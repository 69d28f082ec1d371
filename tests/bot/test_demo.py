"""The demo: the real bot shows its first digest without anyone typing, pictures included."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from PIL import Image

from bot.app import clock
from bot.demo import HERE, PICTURES, Stage, first_digest, keep_time, stage

SAMPLES = sorted((HERE / "articles").glob("*.md"))


@pytest.fixture
async def opened() -> AsyncIterator[Stage]:
    # Entered and left in one task, as SimCord wants it.
    ready: asyncio.Future[Stage] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    async def keep_open() -> None:
        async with stage() as here:
            ready.set_result(here)
            await done.wait()

    task = asyncio.create_task(keep_open())
    waiting: list[asyncio.Future[Any]] = [task, ready]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    yield ready.result()
    done.set()
    await task


async def test_the_first_digest_stands_in_the_channel(opened: Stage) -> None:
    await first_digest(opened)
    async with asyncio.timeout(20):
        await opened.posted.wait()
    (message,) = [one for one in opened.channel.history() if one.embeds]
    assert len(message.embeds) == 5
    text = str([one.to_dict() for one in message.embeds])
    assert "EMBARGOED" not in text


async def test_an_article_put_into_the_folder_is_posted(opened: Stage) -> None:
    await first_digest(opened)
    async with asyncio.timeout(20):
        await opened.posted.wait()
    opened.posted.clear()
    text = SAMPLES[0].read_text(encoding="utf-8")
    fresh = frontmatter.loads(text)
    fresh["webUrl"] = "https://example.org/brand-new"
    fresh["title"] = "Brand new"
    (opened.library / "brand-new.md").write_text(frontmatter.dumps(fresh), encoding="utf-8")
    async with asyncio.timeout(20):
        await opened.posted.wait()
    assert opened.channel.last_message is not None
    assert [one.title for one in opened.channel.last_message.embeds] == ["Brand new"]


async def test_the_clock_there_can_be_brought_to_the_time_it_is(opened: Stage) -> None:
    await asyncio.sleep(0.2)
    before = opened.env.now()
    await keep_time(opened.env)
    assert opened.env.now() > before
    assert abs((clock() - opened.env.now()).total_seconds()) < 1


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_article_names_pictures_that_are_there(path: Path) -> None:
    article = frontmatter.loads(path.read_text(encoding="utf-8"))
    images: Any = article.get("images", [])
    for image in images:
        file = HERE / "pictures" / image["url"].removeprefix(PICTURES)
        with Image.open(file) as picture:
            assert picture.size == (image["width"], image["height"])


def test_all_samples_but_one_are_published() -> None:
    published = [
        frontmatter.loads(path.read_text(encoding="utf-8"))["published"] for path in SAMPLES
    ]
    assert (len(published), published.count(False)) == (12, 1)
