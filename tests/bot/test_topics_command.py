"""/topics and the suggestions for a topic: what there is to follow, and how much it brings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands.options import topic_label
from bot.commands.topics import listed
from bot.language import tongue
from digests.model import Topic
from digests.storage import topics as topic_rows
from digests.topics import Definition
from tests.bot.town import Town
from tests.build import NOW, article, publish


async def count_recent(town: Town) -> None:
    async with town.app.database.write() as connection:
        await topic_rows.count_recent(connection, NOW - timedelta(weeks=4))


async def test_topics_are_listed_with_what_they_bring(town: Town) -> None:
    await publish(town.app.database, *(article(number, "AI") for number in range(20)))
    await publish(town.app.database, article(60 * 24 * 50, "Space"))
    await count_recent(town)
    reply = await town.member_says("topics")
    assert reply.splitlines() == [
        "- **AI** · about 5 articles a week",
        "- **Space** · 1 article, none lately",
        "",  # ends the list
        "Follow one with `/follow`: start typing its name.",
    ]


async def test_a_search_finds_names_short_names_and_keywords(town: Town) -> None:
    await publish(town.app.database, article(1, "Computer Vision"), article(2, "Space"))
    definition = Definition("Computer Vision", "CV", keywords=("camera",))
    async with town.app.database.write() as connection:
        await topic_rows.define(connection, [definition])
    for search in ("vis", "cv", "camera"):
        reply = await town.member_says("topics", search=search)
        assert "**Computer Vision** (**CV**)" in reply
        assert "Space" not in reply


async def test_a_typo_is_answered_with_what_was_perhaps_meant(town: Town) -> None:
    await publish(town.app.database, article(1, "Computer Vision"))
    reply = await town.member_says("topics", search="compter vison")
    assert reply == "No topic is called **compter vison**. Did you mean **Computer Vision**?"


async def test_without_articles_there_are_no_topics_yet(town: Town) -> None:
    assert "There are no topics yet" in await town.member_says("topics")


async def test_it_works_in_direct_messages(town: Town) -> None:
    await publish(town.app.database, article(1, "AI"))
    result = await town.max.slash("topics")
    assert result.response is not None
    assert "**AI**" in result.response.content


@pytest.mark.parametrize("name", ["Topic", "*" * 100, "长" * 100, "@everyone <#1>"])
def test_a_long_list_fits_into_a_message_and_says_how_much_is_left(name: str) -> None:
    topics = [Topic(number, f"{number}{name}"[:100], 3) for number in range(80)]
    reply = listed(tongue("en"), topics, "")
    lines = reply.splitlines()
    assert len(reply) <= 2000
    assert len(lines) <= 28
    assert lines[-3] == f"- …and {80 - (len(lines) - 3)} more: `/topics search` finds them."


@pytest.mark.parametrize(
    ("topic", "label"),
    [
        (Topic(1, "AI", 100, recent=20), "AI · about 5 a week"),
        (Topic(1, "AI", 100, recent=4), "AI · about 1 a week"),
        (Topic(1, "AI", 12, recent=3), "AI · 12 articles"),
        (Topic(1, "AI", 1), "AI · 1 article"),
    ],
)
def test_a_suggestion_says_how_much_a_topic_brings(topic: Topic, label: str) -> None:
    assert topic_label(tongue("en"), topic) == label


def test_a_suggestion_fits_into_a_choice() -> None:
    label = topic_label(tongue("en"), Topic(1, "x" * 100, 100, recent=4000))
    assert len(label) == 100
    assert label.endswith(" · about 1,000 a week")
