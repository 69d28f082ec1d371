"""Buttons under digests: what each shows, to whom, after restarts, and when they are forged."""

from __future__ import annotations

import discord
import pytest

from digests.storage import library
from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import NOW, article, publish


async def posted_digest(town: Town, *, articles: int = 5, topic: str = "AI") -> discord.Message:
    """A digest of this many new articles in the channel; every second is also on Robots."""
    await town.admin_says("channel follow", topic=topic, every="instantly")
    await town.tick()
    await publish(
        town.app.database,
        *(
            article(100 + number, topic, *(["Robots"] if number % 2 else []))
            for number in range(articles)
        ),
    )
    await town.tick()
    return town.posted()[-1]


async def test_every_message_has_the_buttons(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    names = [one.partition(":")[0] for one in custom_ids(message)]
    assert names == ["me", "save", "why"]


async def test_the_rest_is_paged_and_outlives_a_restart(newsroom: Town) -> None:
    message = await posted_digest(newsroom, articles=24)
    assert len(message.embeds) == 10
    await newsroom.env.restart_bot()
    first = shown(await newsroom.member.click(message, label="+14 more"))
    assert first.content == "**More of this digest** · 1 to 5 of 14"
    assert [one.title for one in first.embeds] == [f"Article {n}" for n in range(110, 115)]
    await newsroom.env.restart_bot()
    await newsroom.member.click(first, label="Next")
    await newsroom.member.click(first, label="Next")
    assert first.content == "**More of this digest** · 11 to 14 of 14"
    assert [one.title for one in first.embeds] == [f"Article {n}" for n in range(120, 124)]
    await newsroom.member.click(first, label="Back")
    assert first.embeds[0].title == "Article 115"


async def test_a_press_keeps_nothing_in_memory(newsroom: Town) -> None:
    message = await posted_digest(newsroom, articles=24)
    for label in ("+14 more", "Save", "Why?", "For me"):
        await newsroom.member.click(message, label=label)
    assert list(newsroom.app.client.persistent_views) == []
    assert not newsroom.app.client._connection._view_store._views


async def test_for_me_shows_only_what_the_presser_follows(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    await newsroom.member_says("follow", topic="Robots")
    await newsroom.env.restart_bot()
    mine = shown(await newsroom.member.click(message, label="For me"))
    assert mine.content == "**For you:** 2 of 5 articles here"
    assert [one.title for one in mine.embeds] == ["Article 101", "Article 103"]
    assert message.embeds[0].title == "Article 100", "the digest stays as it was posted"


async def test_for_me_helps_who_follows_nothing(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    hint = shown(await newsroom.member.click(message, label="For me"))
    assert hint.content.startswith("You follow no topic yet. Follow one, and this button shows")
    followed = shown(await newsroom.member.click(hint, label="Follow Robots"))
    assert followed.content.startswith("You now follow **Robots**")
    mine = shown(await newsroom.member.click(message, label="For me"))
    assert len(mine.embeds) == 2


async def test_for_me_says_so_if_nothing_fits(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    await newsroom.member_says("follow", topic="Computer Vision")
    mine = shown(await newsroom.member.click(message, label="For me"))
    expected = "None of these 5 articles is on what you follow: **Computer Vision**."
    assert mine.content == expected


async def test_for_me_pages_through_many(newsroom: Town) -> None:
    message = await posted_digest(newsroom, articles=24)
    await newsroom.member_says("follow", topic="AI")
    mine = shown(await newsroom.member.click(message, label="For me"))
    assert mine.content == "**For you:** 24 of 24 articles here · 1 to 5 of 24"
    await newsroom.member.click(mine, label="Next")
    assert mine.content.endswith("6 to 10 of 24")


async def test_under_ones_own_digest_the_button_leads_to_its_settings(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    await newsroom.tick()
    (message,) = newsroom.posted(newsroom.max.dm_channel)
    settings = shown(await newsroom.max.click(message, label="Settings"))
    assert settings.content.startswith("You follow:\n- **AI**")
    assert custom_ids(settings) == ["time", "now"]


async def test_save_lets_choose_and_remembers(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    menu = shown(await newsroom.member.click(message, label="Save"))
    options = menu.components[0]["components"][0]["options"]
    assert [one["label"] for one in options] == [f"Article {n}" for n in range(100, 105)]
    assert options[0]["description"] == "The Example · 16 Nov 2026"
    await newsroom.env.restart_bot()
    chosen = [options[1]["value"], options[3]["value"]]
    await newsroom.member.select(menu, chosen, custom_id="saving")
    assert menu.content == "Saved. You now have 2 articles in `/saved`."
    again = shown(await newsroom.member.click(message, label="Save"))
    marked = [one.get("emoji") for one in again.components[0]["components"][0]["options"]]
    assert [bool(one) for one in marked] == [False, True, False, True, False]
    await newsroom.member.select(again, chosen[:1], custom_id="saving")
    assert again.content == "Saved already. You have 2 articles in `/saved`."


async def test_save_offers_every_article_of_a_large_edition(newsroom: Town) -> None:
    message = await posted_digest(newsroom, articles=30)
    menu = shown(await newsroom.member.click(message, label="Save"))
    assert len(menu.components[0]["components"][0]["options"]) == 25
    await newsroom.member.click(menu, label="Next")
    assert len(menu.components[0]["components"][0]["options"]) == 5


async def test_why_explains_the_channel_and_the_reader(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    menu = shown(await newsroom.member.click(message, label="Why?"))
    select = menu.components[0]["components"][0]
    await newsroom.env.restart_bot()
    await newsroom.member.select(
        menu, [select["options"][0]["value"]], custom_id=select["custom_id"]
    )
    about, here, mine = menu.content.splitlines()
    assert about.startswith("[Article 100](https://news.example/100) · The Example")
    assert (
        here == "In digest number 2 of this channel, because it is on **AI**, "
        "which this channel follows."
    )
    assert mine == "You follow no topic, so there is no digest of yours. `/follow` begins one."


async def test_a_withdrawn_article_is_gone_from_every_button(newsroom: Town) -> None:
    message = await posted_digest(newsroom, articles=3)
    async with newsroom.app.database.write() as connection:
        links = [f"https://news.example/{number}" for number in (100, 101, 102)]
        known = await library.known_articles(connection, links)
        await library.withdraw_orphans(connection, [one.id for one in known.values()], NOW)
    await newsroom.member_says("follow", topic="AI")
    for label in ("Save", "Why?"):
        gone = shown(await newsroom.member.click(message, label=label))
        assert gone.content == "Those articles are no longer published."
    mine = shown(await newsroom.member.click(message, label="For me"))
    assert "Article 10" not in mine.content
    assert mine.embeds == []


FORGED_TICKETS = ["1:AAAAAAAA", "999999:AAAAAAAA", f"{'9' * 18}:AAAAAAAA", "0:________"]


@pytest.mark.parametrize("name", ["me", "save", "why", "more", "reason"])
async def test_a_button_for_a_digest_one_never_saw_shows_nothing(newsroom: Town, name: str) -> None:
    """Who guesses the number of a delivery still does not know how its nonce ends."""
    message = await posted_digest(newsroom)
    for ticket in FORGED_TICKETS:
        custom_id = f"{name}:{ticket}" + (":0" if name == "more" else "")
        values = ["1"] if name == "reason" else []
        answer = shown(await forge(newsroom, newsroom.member, message, custom_id, *values))
        assert answer.content.startswith("That button is from an older version of me.")
        assert answer.embeds == []


async def test_a_forged_page_shows_the_first(newsroom: Town) -> None:
    message = await posted_digest(newsroom, articles=24)
    more = next(one for one in custom_ids(message) if one.startswith("more:"))
    for skip in ("999999", "000014", "24"):
        custom_id = more.rpartition(":")[0] + f":{skip}"
        answer = shown(await forge(newsroom, newsroom.member, message, custom_id))
        assert answer.content.endswith("1 to 5 of 14")


UNKNOWN = ("me", "me:1", "more:1:2:3", "nonsense", "save:1:AAAAAAAA:x", "follow:x", "setup:done:x")


async def test_an_unknown_button_is_answered(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    for custom_id in UNKNOWN:
        answer = shown(await forge(newsroom, newsroom.member, message, custom_id))
        assert answer.content.startswith("That button is from an older version of me.")


async def test_only_published_articles_can_be_saved(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    for values in (["999999"], ["-1"], ["1 OR 1=1"], ["٣"], ["9" * 30], ["0"]):
        saved = shown(await forge(newsroom, newsroom.member, message, "saving", *values))
        assert saved.content == "Saved already. You have 0 articles in `/saved`."
    saved = shown(await forge(newsroom, newsroom.member, message, "saving", "1", "1e3", "x"))
    assert saved.content == "Saved. You now have 1 article in `/saved`."


async def test_what_only_one_person_may_see_never_takes_the_place_of_a_digest(
    newsroom: Town,
) -> None:
    """A forged button that would turn a private page is under a message that all can see."""
    message = await posted_digest(newsroom)
    await newsroom.member_says("search", words="article")
    for custom_id in ("saved:0", "find:0:article", "data-delete", "data-delete-all", "keep:1"):
        assert (await forge(newsroom, newsroom.member, message, custom_id)).ephemeral
    stood = newsroom.posted()[-1]
    assert (stood.content, len(stood.embeds)) == (message.content, 5)


async def test_why_answers_only_for_articles_of_the_edition(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    reason = custom_ids(message)[0].replace("me:", "reason:")
    answer = shown(await forge(newsroom, newsroom.member, message, reason, "1"))
    assert answer.content == "Those articles are no longer published."


async def test_following_a_topic_that_is_not_there_by_a_forged_button(newsroom: Town) -> None:
    message = await posted_digest(newsroom)
    answer = shown(await forge(newsroom, newsroom.member, message, "follow:999999"))
    assert "There is no topic" in answer.content
    assert (await newsroom.app.service.status())["destinations"] == 1
