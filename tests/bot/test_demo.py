"""The demo: the real bot shows its first digest without anyone typing, pictures included."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from click.testing import CliRunner
from PIL import Image

from bot.app import clock
from bot.cli import cli
from bot.demo import HERE, PICTURES, Stage, first_digest, keep_time, make_recent, stage

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


def test_the_newest_sample_is_of_yesterday(tmp_path: Path) -> None:
    library = tmp_path / "articles"
    shutil.copytree(HERE / "articles", library)
    make_recent(library, date(2031, 3, 1))
    articles = [
        frontmatter.loads(path.read_text(encoding="utf-8")) for path in library.glob("*.md")
    ]
    days: list[Any] = [one["publishedDateTime"] for one in articles if one["published"]]
    assert max(days).date() == date(2031, 2, 28)
    assert min(days).date() == date(2031, 2, 17)


async def test_a_library_without_ai_shows_its_busiest_topic(tmp_path: Path) -> None:
    text = SAMPLES[0].read_text(encoding="utf-8")
    for number, topics in enumerate((["Cheese"], ["Cheese", "Bread"])):
        article = frontmatter.loads(text)
        article["webUrl"] = f"https://example.org/{number}"
        article["topics"] = topics
        (tmp_path / f"{number}.md").write_text(frontmatter.dumps(article), encoding="utf-8")
    async with stage(tmp_path) as here:
        assert here.topics == ("Cheese", "Bread")
        await first_digest(here)
        async with asyncio.timeout(20):
            await here.posted.wait()
        assert any(one.embeds for one in here.channel.history())


async def test_a_library_without_articles_is_shown_empty(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        assert here.topics == ()
        await first_digest(here)
        assert here.channel.history() == []


async def test_readers_do_not_see_the_news_desk(opened: Stage) -> None:
    await opened.admin.send(opened.desk, "hello")
    with pytest.raises(Exception, match=r"(?i)access|permission"):
        await opened.member.send(opened.desk, "hello")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "99999"), "not in the range"),
        (("--port", "-1"), "not in the range"),
        (("--language", "klingon"), "There are: en, de, fr."),
    ],
)
def test_what_cannot_be_shown_is_refused(words: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(cli, ["demo", *words])
    assert result.exit_code == 2
    assert said in result.output
