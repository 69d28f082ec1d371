"""/channel setup, schedule, pause, filter, preview and status, as admins use them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.results import ResponseMessage

from bot.commands.channel.draft import Draft
from bot.commands.channel.setup import PRESSES
from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import NOW, article, publish


async def begin(town: Town) -> ResponseMessage:
    return shown(await town.admin.slash(town.channel, "channel setup"))


def menus(page: ResponseMessage) -> list[dict[str, Any]]:
    return [row["components"][0] for row in page.components if row["components"][0]["type"] != 2]


async def choose(town: Town, page: ResponseMessage, number: int, *values: Any) -> None:
    await town.admin.select(page, values, custom_id=menus(page)[number]["custom_id"])


# ── /channel setup ───────────────────────────────────────────────────────────────────────────


async def test_setup_leads_from_nothing_to_a_digest(newsroom: Town) -> None:
    """Every step in one message, with a restart between any two."""
    page = await begin(newsroom)
    assert page.content.startswith("**Step 1 of 3: where?**")
    await newsroom.env.restart_bot()
    await choose(newsroom, page, 0, newsroom.channel)
    assert (
        page.content
        == f"**Step 2 of 3: what?** Choose what {newsroom.channel.mention} should follow."
    )
    names = [one["label"] for one in menus(page)[0]["options"]]
    assert names == ["AI", "Computer Vision"]
    await newsroom.env.restart_bot()
    await choose(newsroom, page, 0, *[one["value"] for one in menus(page)[0]["options"]])
    assert "So far: **AI**, **Computer Vision**." in page.content
    await newsroom.admin.click(page, label="Next")
    assert "comes daily at 09:00 (UTC)." in page.content
    await choose(newsroom, page, 0, "weekly")
    await choose(newsroom, page, 1, "4")
    await choose(newsroom, page, 2, "17:00")
    await choose(newsroom, page, 3, "Europe/Berlin")
    assert "comes every Friday at 17:00 (Europe/Berlin)." in page.content
    await newsroom.env.restart_bot()
    await newsroom.admin.click(page, label="Preview")
    assert page.content.startswith("**All right?**")
    assert [one.title for one in page.embeds] == ["Article 1", "Article 2", "Article 3"]
    assert (await newsroom.app.service.status())["destinations"] == 0, "nothing before Confirm"
    await newsroom.admin.click(page, label="Confirm")
    assert page.content.startswith(f"Done: {newsroom.channel.mention} now follows **AI**, **Comp")
    assert page.embeds == []
    await newsroom.tick()
    (message,) = newsroom.posted()
    assert len(message.embeds) == 5, "the topics begin together, with one digest"
    listed = await newsroom.admin_says("channel list")
    assert "every Friday at 17:00 (Europe/Berlin)" in listed


async def test_setup_names_what_the_bot_may_not_do_and_looks_again(newsroom: Town) -> None:
    newsroom.mute()
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    assert page.content.startswith(f"I cannot post in {newsroom.channel.mention} yet: **Send Mess")
    await newsroom.admin.click(page, label="Check again")
    assert "I cannot post" in page.content
    newsroom.mute(muted=False)
    await newsroom.admin.click(page, label="Check again")
    assert page.content.startswith("**Step 2 of 3: what?**")


async def test_setup_goes_back_and_keeps_what_was_chosen(newsroom: Town) -> None:
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    await choose(newsroom, page, 0, menus(page)[0]["options"][1]["value"])
    await newsroom.admin.click(page, label="Next")
    await choose(newsroom, page, 0, "hourly")
    await newsroom.admin.click(page, label="Back")
    assert [bool(one.get("default")) for one in menus(page)[0]["options"]] == [False, True]
    await newsroom.admin.click(page, label="Back")
    assert page.content.startswith("**Step 1 of 3")
    await choose(newsroom, page, 0, newsroom.channel)
    await newsroom.admin.click(page, label="Next")
    assert "every hour at :00" in page.content


async def test_setup_pages_through_many_topics_and_remembers_those_of_other_pages(
    town: Town,
) -> None:
    await publish(town.app.database, *(article(n, f"Topic {n:02}") for n in range(60)))
    page = await begin(town)
    await choose(town, page, 0, town.channel)
    seen = [one["label"] for one in menus(page)[0]["options"]]
    assert len(seen) == 25
    await choose(town, page, 0, menus(page)[0]["options"][0]["value"])
    await town.admin.click(page, label="More topics")
    await choose(town, page, 0, *[one["value"] for one in menus(page)[0]["options"][:4]])
    assert page.content.count("**Topic") == 5
    await town.admin.click(page, label="More topics")
    assert menus(page)[0]["disabled"], "five are chosen, and more do not fit"
    assert len(menus(page)[0]["options"]) == 10
    await town.admin.click(page, label="Next")
    assert "Step 3" in page.content


async def test_setup_takes_a_time_and_zone_that_no_menu_has(newsroom: Town) -> None:
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    await choose(newsroom, page, 0, menus(page)[0]["options"][0]["value"])
    await newsroom.admin.click(page, label="Next")
    form = await newsroom.admin.click(page, label="Another time or zone")
    assert form.modal is not None
    await newsroom.env.restart_bot()
    sent = await newsroom.admin.submit_modal(form, {"at": "9.45", "zone": "asia/kathmandu"})
    assert sent.acknowledged
    assert "comes daily at 09:45 (Asia/Kathmandu)." in page.content
    assert menus(page)[1]["options"][10]["default"], "the odd time is in the menu now"


async def test_setup_explains_a_zone_it_does_not_know(newsroom: Town) -> None:
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    await choose(newsroom, page, 0, menus(page)[0]["options"][0]["value"])
    await newsroom.admin.click(page, label="Next")
    form = await newsroom.admin.click(page, label="Another time or zone")
    sent = await newsroom.admin.submit_modal(form, {"at": "09:00", "zone": "Mars"})
    assert "“Mars” is not a time zone I know" in shown(sent).content
    assert page.content.startswith("**Step 3 of 3"), "the step itself stays"


async def test_setup_without_articles_says_so(town: Town) -> None:
    page = await begin(town)
    answer = await town.admin.select(page, [town.channel], custom_id=menus(page)[0]["custom_id"])
    assert "There are no articles yet" in shown(answer).content


async def test_setup_instantly_asks_for_no_time(newsroom: Town) -> None:
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    await choose(newsroom, page, 0, menus(page)[0]["options"][0]["value"])
    await newsroom.admin.click(page, label="Next")
    await choose(newsroom, page, 0, "instantly")
    assert len(menus(page)) == 1
    await newsroom.admin.click(page, label="Preview")
    await newsroom.admin.click(page, label="Confirm")
    assert "New articles come as soon as they are published." in page.content


async def test_a_member_gets_nowhere_in_setup(newsroom: Town) -> None:
    """Whatever the step, and also when the page of an admin was taken over."""
    found = shown(await newsroom.member.slash(newsroom.channel, "help"))
    draft = Draft(newsroom.channel.id, (1,)).text()
    for name in ("check", "back", "when", "other", "review", "done"):
        answer = await forge(newsroom, newsroom.member, found, f"setup:{name}:{draft}")
        assert "Manage Server" in shown(answer).content, name
    forms = [("where", draft, str(newsroom.channel.id)), ("what", f"{draft}:0", "1")]
    forms += [(part, draft, "weekly") for part in ("every", "at", "day", "zone")]
    for name, state, value in forms:
        answer = await forge(newsroom, newsroom.member, found, f"setup:{name}:{state}", value)
        assert "Manage Server" in shown(answer).content, name
    answer = await forge(newsroom, newsroom.member, found, "setup")
    assert "Manage Server" in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


def test_no_step_of_setup_forgets_to_check() -> None:
    """The list above names every kind of step there is."""
    names = {"SetUp", "Where", "Check", "Back", "What", "Turn", "When", "Pick", "Other", "Review"}
    assert {one.__name__ for one in PRESSES} == names | {"Done"}
    assert all(one.pressed is PRESSES[1].pressed for one in PRESSES[1:])


async def test_in_direct_messages_setup_is_refused(newsroom: Town) -> None:
    found = shown(await newsroom.max.slash("help"))
    draft = Draft(newsroom.channel.id, (1,)).text()
    answer = await forge(newsroom, newsroom.max, found, f"setup:done:{draft}")
    assert shown(answer).content == "That works in a server. Try it there."
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_an_admin_reaches_no_channel_of_another_server(newsroom: Town) -> None:
    elsewhere = newsroom.env.create_guild("Elsewhere")
    theirs = elsewhere.create_text_channel("theirs")
    page = await begin(newsroom)
    for name in ("check", "when", "review", "done"):
        draft = Draft(theirs.id, (1,)).text()
        answer = await forge(newsroom, newsroom.admin, page, f"setup:{name}:{draft}")
        assert "I do not see that channel" in shown(answer).content
    answer = await forge(
        newsroom, newsroom.admin, page, f"setup:where:{Draft().text()}", str(theirs.id)
    )
    assert "I do not see that channel" in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_a_voice_channel_or_a_category_is_no_place(newsroom: Town) -> None:
    page = await begin(newsroom)
    for place in (
        newsroom.guild.create_voice_channel("talk"),
        newsroom.guild.create_category("rooms"),
    ):
        draft = Draft(place.id, (1,)).text()
        answer = await forge(newsroom, newsroom.admin, page, f"setup:done:{draft}")
        assert "I can post in text channels" in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


@pytest.mark.parametrize("topics", [(), (999999,), (2**62,)])
async def test_a_forged_topic_is_not_followed(newsroom: Town, topics: tuple[int, ...]) -> None:
    page = await begin(newsroom)
    draft = Draft(newsroom.channel.id, topics).text()
    answer = await forge(newsroom, newsroom.admin, page, f"setup:done:{draft}")
    assert shown(answer).content == "Choose a topic first."
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_forged_choices_of_time_are_refused(newsroom: Town) -> None:
    page = await begin(newsroom)
    draft = Draft(newsroom.channel.id, (1,)).text()
    for part, value in (("every", "yearly"), ("at", "25:00"), ("day", "9"), ("zone", "../etc")):
        answer = await forge(newsroom, newsroom.admin, page, f"setup:{part}:{draft}", value)
        assert shown(answer).content, part
        assert "our fault" not in shown(answer).content


# ── /channel schedule, pause, resume ─────────────────────────────────────────────────────────


async def test_schedule_changes_what_is_named_and_shows_the_rest(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel schedule", every="weekly")
    await newsroom.admin_says("channel follow", topic="AI", at="18:00", timezone="Europe/Berlin")
    reply = await newsroom.admin_says("channel schedule", day=2)
    assert "comes every Wednesday at 18:00 (Europe/Berlin)." in reply
    assert "The next one: <t:" in reply
    reply = await newsroom.admin_says("channel schedule", every="daily", day=7, at="08:00 17:30")
    assert "comes Monday to Friday at 08:00 and 17:30 (Europe/Berlin)." in reply
    reply = await newsroom.admin_says("channel schedule", day=8, quiet="22:00-07:00")
    assert "daily at 08:00 and 17:30 (Europe/Berlin), but not between 22:00 and 07:00." in reply
    assert await newsroom.admin_says("channel schedule", quiet="off") != reply


async def test_pause_and_resume(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel pause")
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    await newsroom.tick()
    reply = await newsroom.admin_says("channel pause")
    assert "Paused; what comes meanwhile waits. `/channel resume` ends the pause." in reply
    await publish(newsroom.app.database, article(50))
    newsroom.clock.forward(days=20)
    await newsroom.tick()
    assert len(newsroom.posted()) == 1
    reply = await newsroom.admin_says("channel resume")
    assert "Paused" not in reply
    await newsroom.tick()
    assert len(newsroom.posted()) == 2


async def test_pause_until_a_date_in_the_channels_zone(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI", timezone="Asia/Tokyo")
    reply = await newsroom.admin_says("channel pause", until="2026-12-24")
    moment = int((NOW + timedelta(days=37, hours=3)).timestamp())
    assert f"Paused until <t:{moment}:f>" in reply
    assert "I do not understand" in await newsroom.admin_says("channel pause", until="whenever")
    assert "in the past" in await newsroom.admin_says("channel pause", until="2020-01-01")


# ── /channel filter ──────────────────────────────────────────────────────────────────────────


async def test_filter_changes_what_is_named_and_shows_the_rest(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel filter", quality=50)
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    await newsroom.tick()
    assert "takes everything on its topics." in await newsroom.admin_says("channel filter")
    reply = await newsroom.admin_says("channel filter", quality=50, not_words="crypto, win money")
    assert "takes only: quality 50 or more; not with **crypto** or **win money**." in reply
    reply = await newsroom.admin_says("channel filter", most=3, only_providers="The Example")
    assert "only from **the example**" in reply
    assert "A digest shows 3 articles at most." in reply
    await publish(
        newsroom.app.database,
        article(50, quality=49),
        article(51, quality=51),
        article(52, quality=90, title="Win money now"),
    )
    await newsroom.tick()
    assert [one.title for one in newsroom.posted()[-1].embeds] == ["Article 51"]
    reply = await newsroom.admin_says(
        "channel filter", quality=0, not_words="off", only_providers="none"
    )
    assert "takes everything on its topics." in reply


async def test_a_filter_of_nothing_or_too_much_is_explained(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI")
    assert "no name and no word" in await newsroom.admin_says("channel filter", only_words="?!, -")
    many = ",".join(f"w{number}" for number in range(60))
    assert "50 at most" in await newsroom.admin_says("channel filter", not_words=many)


# ── /channel preview and status ──────────────────────────────────────────────────────────────


async def test_preview_shows_the_next_digest_and_changes_nothing(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel preview")
    await newsroom.admin_says("channel follow", topic="AI", at="18:00")
    await newsroom.tick()
    assert "Nothing new for" in await newsroom.admin_says("channel preview")
    await publish(newsroom.app.database, *(article(n) for n in range(50, 62)))
    before = await newsroom.app.service.status()
    for _ in range(2):
        page = shown(await newsroom.admin.slash(newsroom.channel, "channel preview"))
        assert page.content.startswith("As of now, the next digest of")
        assert "holds 12 articles. The first 10:" in page.content
        assert len(page.embeds) == 10
    assert await newsroom.app.service.status() == before
    newsroom.clock.forward(hours=6)
    await newsroom.tick()
    assert newsroom.posted()[-1].content.endswith("12 articles")


async def test_status_tells_next_and_last_and_what_is_in_the_way(newsroom: Town) -> None:
    reply = await newsroom.admin_says("channel status")
    assert reply.endswith("follows no topic yet. `/channel setup` leads you through it.")
    await newsroom.admin_says("channel follow", topic="AI")
    reply = await newsroom.admin_says("channel status")
    assert "follows **AI**." in reply
    assert "Last digest: number 1, <t:" in reply
    assert "not posted yet." in reply
    assert "1 message on the way." in reply
    newsroom.mute()
    await newsroom.tick()
    reply = await newsroom.admin_says("channel status")
    assert "⚠️ 1 message held back: **Send Messages** is missing there." in reply
    assert "`/channel post` tries again at once." in reply
    assert f"⚠️ {newsroom.channel.mention}: **Send Messages** is missing there." in reply
    newsroom.mute(muted=False)
    await newsroom.admin_says("channel post")
    await newsroom.tick()
    reply = await newsroom.admin_says("channel status")
    assert "held back" not in reply
    assert f"https://discord.com/channels/{newsroom.guild.id}/{newsroom.channel.id}/" in reply
    assert f"I have every permission I need in {newsroom.channel.mention}." in reply


# ── who may ──────────────────────────────────────────────────────────────────────────────────

OPTIONS: dict[str, dict[str, Any]] = {
    "follow": {"topic": "AI"},
    "unfollow": {"topic": "AI"},
    "schedule": {"every": "instantly"},
    "filter": {"quality": 99},
    "pause": {"until": "forever"},
}


async def test_a_member_may_use_no_command_of_the_group(newsroom: Town) -> None:
    """Also when the server's owner has opened the commands to everyone."""
    await newsroom.admin_says("channel follow", topic="AI")
    everyone: Any = {newsroom.guild.default_role: True}
    for one in await newsroom.app.client.tree.fetch_commands():
        newsroom.guild.set_command_permissions(one, everyone)
    group = newsroom.app.client.tree.get_command("channel")
    assert isinstance(group, discord.app_commands.Group)
    before = await newsroom.admin_says("channel status")
    for command in group.commands:
        options = OPTIONS.get(command.name, {})
        reply = await newsroom.member_says(f"channel {command.name}", **options)
        assert reply == (
            "Only people who may manage this server (**Manage Server**) can do that."
        ), command.name
    assert await newsroom.admin_says("channel status") == before


async def test_a_member_learns_nothing_of_a_channel_by_autocomplete(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="Computer Vision")
    everyone: Any = {newsroom.guild.default_role: True}
    for one in await newsroom.app.client.tree.fetch_commands():
        newsroom.guild.set_command_permissions(one, everyone)
    found = await newsroom.member.autocomplete(newsroom.channel, "channel unfollow", "topic", "")
    assert found == []


async def test_the_group_is_for_servers_and_hidden_from_members(newsroom: Town) -> None:
    group = newsroom.app.client.tree.get_command("channel")
    assert group is not None
    data = group.to_dict(newsroom.app.client.tree)
    assert data["default_member_permissions"] == discord.Permissions(manage_guild=True).value
    assert (data["contexts"], data["integration_types"]) == ([0], [0])


async def test_everything_else_works_everywhere(newsroom: Town) -> None:
    for command in newsroom.app.client.tree.get_commands():
        data = command.to_dict(newsroom.app.client.tree)
        if command.name != "channel":
            assert sorted(data["contexts"]) == [0, 1, 2], command.name
            assert sorted(data["integration_types"]) == [0, 1], command.name


async def test_every_command_and_option_explains_itself(newsroom: Town) -> None:
    def check(data: dict[str, Any], path: str) -> None:
        assert len(data["description"]) > 5, path
        assert data["description"] != "…", path
        for option in data.get("options", ()):
            check(option, f"{path} {option['name']}")

    for command in newsroom.app.client.tree.get_commands():
        check(command.to_dict(newsroom.app.client.tree), command.name)


async def test_buttons_of_setup_come_from_help(newsroom: Town) -> None:
    found = shown(await newsroom.admin.slash(newsroom.channel, "help"))
    page = shown(await newsroom.admin.click(found, label="Set up a channel"))
    assert custom_ids(page)[0].startswith("setup:where:")
