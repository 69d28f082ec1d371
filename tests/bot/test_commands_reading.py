"""/search, /saved, /why, /data and /help, as members use them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from digests.storage import library, readers
from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import NOW, article, publish

# ── /search ──────────────────────────────────────────────────────────────────────────────────


async def test_search_shows_cards_and_turns_pages_after_a_restart(town: Town) -> None:
    titles = ["Robots " + "x" * number for number in range(12)]
    await publish(town.app.database, *(article(n, title=t) for n, t in enumerate(titles, 1)))
    found = shown(await town.member.slash(town.channel, "search", words="robots"))
    assert found.content == "**12 articles** with **robots** · 1 to 5 of 12"
    first = [one.title for one in found.embeds]
    await town.env.restart_bot()
    await town.member.click(found, label="Next")
    await town.member.click(found, label="Next")
    assert found.content.endswith("11 to 12 of 12")
    assert len(found.embeds) == 2
    await town.member.click(found, label="Back")
    await town.member.click(found, label="Back")
    assert [one.title for one in found.embeds] == first


async def test_a_search_that_finds_nothing_says_what_to_try(newsroom: Town) -> None:
    reply = await newsroom.member_says("search", words="robots @everyone")
    assert reply.startswith("No article has **robots @")
    assert "@everyone" not in reply
    assert reply.endswith("Try fewer or shorter words.")
    assert "Write a word or two" in await newsroom.member_says("search", words="?!")


async def test_a_page_of_a_search_whose_articles_went_shows_the_first(newsroom: Town) -> None:
    found = shown(await newsroom.member.slash(newsroom.channel, "search", words="article"))
    turned = await forge(newsroom, newsroom.member, found, "find:500:article")
    assert turned.acknowledged
    assert found.content == "**7 articles** with **article** · 1 to 5 of 7"


async def test_from_a_search_one_can_save(newsroom: Town) -> None:
    found = shown(await newsroom.member.slash(newsroom.channel, "search", words="article"))
    menu = shown(await newsroom.member.click(found, label="Save"))
    options = menu.components[0]["components"][0]["options"]
    assert [one["label"] for one in options] == [one.title for one in found.embeds]


# ── /saved ───────────────────────────────────────────────────────────────────────────────────


async def save_all(town: Town, count: int) -> None:
    ids = await publish(town.app.database, *(article(n) for n in range(200, 200 + count)))
    for number, id_ in enumerate(ids):
        when = NOW + timedelta(minutes=number)
        await town.app.service.reading.save(town.max.id, [id_], when)


async def test_saved_lists_removes_and_pages(town: Town) -> None:
    assert "You have saved nothing yet" in await town.member_says("saved")
    await save_all(town, 13)
    page = shown(await town.member.slash(town.channel, "saved"))
    assert page.content == "**You saved 13 articles** · 1 to 10"
    assert page.embeds[0].description is not None
    assert page.embeds[0].description.startswith("- [Article 212](https://news.example/212)")
    await town.env.restart_bot()
    await town.member.click(page, label="Next")
    lines = (page.embeds[0].description or "").splitlines()
    assert [one[3:14] for one in lines] == ["Article 202", "Article 201", "Article 200"]
    menu = page.components[0]["components"][0]
    values = [one["value"] for one in menu["options"]]
    await town.member.select(page, values, custom_id=menu["custom_id"])
    assert page.content == "**You saved 10 articles**"


async def test_saved_is_ones_own(town: Town) -> None:
    """Nobody sees or removes what another saved, whatever they press."""
    await save_all(town, 2)
    assert "You have saved nothing yet" in await town.admin_says("saved")
    page = shown(await town.admin.slash(town.channel, "saved"))
    await forge(town, town.admin, page, "unsave:0", "1", "2")
    assert (await town.app.service.reading.shelf(town.max.id)).total == 2


async def test_saved_can_be_taken_away_as_a_file(town: Town) -> None:
    await save_all(town, 3)
    page = shown(await town.member.slash(town.channel, "saved"))
    answer = shown(await town.member.click(page, label="Download"))
    (file,) = answer.attachments
    assert file.filename == "saved-articles.md"
    text = (await file.read()).decode()
    assert text.startswith("# Saved articles\n\n- [Article 202](https://news.example/202) (The Exa")
    assert len(text.splitlines()) == 8


async def test_a_withdrawn_article_is_not_among_the_saved(town: Town) -> None:
    await save_all(town, 1)
    async with town.app.database.write() as connection:
        known = await library.known_articles(connection, ["https://news.example/200"])
        await library.withdraw_orphans(connection, [one.id for one in known.values()], NOW)
    assert "You have saved nothing yet" in await town.member_says("saved")


async def test_long_addresses_do_not_break_the_list(town: Town) -> None:
    """A message has its limits: an article whose address is too long for it goes without."""
    links = [f"https://news.example/{number}/{'x' * 1900}" for number in range(10)]
    ids = await publish(town.app.database, *(article(n, link=u) for n, u in enumerate(links, 1)))
    await town.app.service.reading.save(town.max.id, ids, NOW)
    page = shown(await town.member.slash(town.channel, "saved"))
    assert len(page.embeds[0].description or "") <= 4096
    assert (page.embeds[0].description or "").count("Article") == 10


# ── /why ─────────────────────────────────────────────────────────────────────────────────────


async def test_why_finds_the_article_and_says_why(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    choices = await newsroom.member.autocomplete(newsroom.channel, "why", "article", "article 4")
    assert [one["name"] for one in choices] == ["Article 4"]
    reply = await newsroom.member_says("why", article=choices[0]["value"])
    assert reply.endswith("Not in your digest: it is on none of the topics you follow.")
    reply = await newsroom.member_says("why", article="https://news.example/1")
    assert reply.startswith("[Article 1](https://news.example/1)")
    assert "In your digest number 1, because it is on **AI**, which you follow." in reply


async def test_why_before_anything_is_typed_offers_the_latest(newsroom: Town) -> None:
    choices = await newsroom.member.autocomplete(newsroom.channel, "why", "article", "")
    assert choices[0]["name"] == "Article 7"


@pytest.mark.parametrize("typed", ["gardening", "#999999", "#" + "9" * 30, "https://x.example/"])
async def test_why_of_an_unknown_article_says_what_to_do(newsroom: Town, typed: str) -> None:
    reply = await newsroom.member_says("why", article=typed)
    assert reply == "I find no such article. Type words of its title and pick it."


async def test_why_without_topics_says_how_to_begin(newsroom: Town) -> None:
    assert "You follow no topic" in await newsroom.member_says("why", article="article 1")


# ── /data ────────────────────────────────────────────────────────────────────────────────────


async def test_data_tells_and_deletes_everything(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI", at="07:00")
    await newsroom.tick()
    await newsroom.app.service.reading.save(newsroom.max.id, [1, 2], NOW)
    told = shown(await newsroom.member.slash(newsroom.channel, "data"))
    for part in (
        "- 1 topic you follow",
        "daily at 07:00 (UTC)",
        "what was in 1 digest I made for you",
        "- where our direct messages are (their ID)",
        "- 2 articles you saved",
    ):
        assert part in told.content
    await newsroom.env.restart_bot()
    await newsroom.member.click(told, label="Delete it…")
    assert told.content.startswith("Delete all of it? You will follow nothing")
    await newsroom.member.click(told, label="Delete all of it")
    assert told.content.startswith("Done: I have nothing stored about you any more.")
    assert "nothing stored about you" in await newsroom.member_says("data")
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_what_is_deleted_is_not_sent(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    told = shown(await newsroom.member.slash(newsroom.channel, "data"))
    await forge(newsroom, newsroom.member, told, "data-delete-all")
    await newsroom.tick()
    assert newsroom.posted(newsroom.max.dm_channel) == []


async def test_keeping_changes_nothing(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    told = shown(await newsroom.member.slash(newsroom.channel, "data"))
    await newsroom.member.click(told, label="Delete it…")
    await newsroom.member.click(told, label="Keep it")
    assert told.content == "Nothing was deleted."
    assert "1 topic you follow" in await newsroom.member_says("data")


async def test_who_set_up_a_channel_is_forgotten_but_the_channel_goes_on(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    told = shown(await newsroom.admin.slash(newsroom.channel, "data"))
    assert "- that you set up 1 channel" in told.content
    await newsroom.admin.click(told, label="Delete it…")
    await newsroom.admin.click(told, label="Delete all of it")
    async with newsroom.app.database.read() as connection:
        assert not (await readers.traces(connection, newsroom.admin.id)).anything
    await publish(newsroom.app.database, article(50))
    await newsroom.tick()
    assert len(newsroom.posted()) == 2


async def test_one_deletes_only_ones_own(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    told = shown(await newsroom.admin.slash(newsroom.channel, "data"))
    await forge(newsroom, newsroom.admin, told, "data-delete-all")
    assert "1 topic you follow" in await newsroom.member_says("data")


# ── /help, and what cannot be sent ───────────────────────────────────────────────────────────


async def test_help_differs_for_members_and_admins(newsroom: Town) -> None:
    member = shown(await newsroom.member.slash(newsroom.channel, "help"))
    assert member.content.startswith("Begin with `/follow`")
    assert [one.name for one in member.embeds[0].fields] == ["For you"]
    admin = shown(await newsroom.admin.slash(newsroom.channel, "help"))
    assert admin.content.startswith("Begin with `/channel setup`")
    assert len(admin.embeds[0].fields) == 2
    assert custom_ids(admin) == ["setup"]
    private = shown(await newsroom.max.slash("help"))
    assert private.content.startswith("Begin with `/follow`")


async def test_help_names_every_command(newsroom: Town) -> None:
    shown_help = shown(await newsroom.admin.slash(newsroom.channel, "help"))
    text = " ".join(str(one.value) for one in shown_help.embeds[0].fields)
    for command in newsroom.app.client.tree.walk_commands():
        if command.name not in ("help", "channel"):
            assert f"`/{command.qualified_name}`" in text, command.qualified_name
    names = {one.qualified_name for one in newsroom.app.client.tree.walk_commands()}
    assert set(re.findall(r"`/([a-z ]+)`", text)) <= names


async def test_closed_direct_messages_are_told_at_the_next_command(newsroom: Town) -> None:
    newsroom.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await newsroom.member_says("follow", topic="AI")
    await newsroom.tick()
    reply = await newsroom.member_says("search", words="article")
    notice = reply.splitlines()[-1]
    assert notice.startswith("⚠️ I cannot send you direct messages. Allow them in this server's")
    await newsroom.member_says("follow", topic="AI")
    await newsroom.tick()
    assert "⚠️" not in await newsroom.member_says("following")
    assert len(newsroom.posted(newsroom.max.dm_channel)) == 1


async def test_a_held_channel_is_told_to_who_set_it_up(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI")
    newsroom.mute()
    await newsroom.tick()
    reply = await newsroom.admin_says("following")
    assert f"⚠️ I cannot post in {newsroom.channel.mention}" in reply
    assert "⚠️" not in await newsroom.member_says("following")
