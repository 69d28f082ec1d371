"""/channel setup, step by step, as admins use it and as others try to."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.results import ResponseMessage

from bot.commands.channel.setup import PRESSES
from bot.commands.channel.setup_state import SetupState
from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import article, publish


async def begin(town: Town) -> ResponseMessage:
    return shown(await town.admin.slash(town.channel, "channel setup"))


def menus(page: ResponseMessage) -> list[dict[str, Any]]:
    return [row["components"][0] for row in page.components if row["components"][0]["type"] != 2]


async def choose(town: Town, page: ResponseMessage, number: int, *values: Any) -> None:
    await town.admin.select(page, values, custom_id=menus(page)[number]["custom_id"])


async def test_a_channel_that_has_a_digest_keeps_its_time(newsroom: Town) -> None:
    """A further topic is added; the time changes only where somebody chooses another."""
    await newsroom.admin.slash(
        newsroom.channel, "channel follow", topic="AI", every="weekly", at="07:30"
    )
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    assert page.content.endswith("It follows **AI** already; what you choose is added.")
    await choose(newsroom, page, 0, menus(page)[0]["options"][1]["value"])
    await newsroom.admin.click(page, label="Next")
    assert "07:30" in page.content
    await newsroom.admin.click(page, label="Preview")
    await newsroom.admin.click(page, label="Confirm")
    listed = shown(await newsroom.admin.slash(newsroom.channel, "channel list"))
    assert "every Monday at 07:30" in listed.content
    assert "Computer Vision" in listed.content


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


async def test_setup_lets_choose_a_look_and_begins_in_it(newsroom: Town) -> None:
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    await choose(newsroom, page, 0, menus(page)[0]["options"][0]["value"])
    await newsroom.admin.click(page, label="Next")
    await newsroom.admin.click(page, label="Preview")
    await newsroom.env.restart_bot()
    await choose(newsroom, page, 0, "lead")
    assert [one.title for one in page.embeds] == ["Article 1", None]
    await newsroom.admin.click(page, label="Confirm")
    await newsroom.tick()
    (message,) = newsroom.posted()
    assert [one.title for one in message.embeds] == ["Article 1", None]


async def test_setup_leaves_a_look_as_it_was_unless_it_is_chosen(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="Computer Vision")
    await newsroom.admin_says("channel look", look="compact", colour="#1f8b4c")
    page = await begin(newsroom)
    await choose(newsroom, page, 0, newsroom.channel)
    await choose(newsroom, page, 0, menus(page)[0]["options"][0]["value"])
    await newsroom.admin.click(page, label="Next")
    await newsroom.admin.click(page, label="Preview")
    assert [one.title for one in page.embeds] == [None]
    await newsroom.admin.click(page, label="Confirm")
    assert "compact" in await newsroom.admin_says("channel look")


async def test_a_member_gets_nowhere_in_setup(newsroom: Town) -> None:
    """Whatever the step, and also when the page of an admin was taken over."""
    found = shown(await newsroom.member.slash(newsroom.channel, "help"))
    state = SetupState(newsroom.channel.id, (1,)).text()
    for name in ("check", "back", "when", "other", "review", "done"):
        answer = await forge(newsroom, newsroom.member, found, f"setup:{name}:{state}")
        assert "Manage Server" in shown(answer).content, name
    forms = [("where", state, str(newsroom.channel.id)), ("what", f"{state}:0", "1")]
    forms += [("look", state, "lead")]
    forms += [(part, state, "weekly") for part in ("every", "at", "day", "zone")]
    for name, chosen, value in forms:
        answer = await forge(newsroom, newsroom.member, found, f"setup:{name}:{chosen}", value)
        assert "Manage Server" in shown(answer).content, name
    answer = await forge(newsroom, newsroom.member, found, "setup")
    assert "Manage Server" in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


def test_no_step_of_setup_forgets_to_check() -> None:
    """The list above names every kind of step there is."""
    names = {"SetUp", "Where", "Check", "Back", "What", "Turn", "When", "Pick", "Other"}
    assert {one.__name__ for one in PRESSES} == names | {"Review", "Looks", "Done"}
    assert all(one.pressed is PRESSES[1].pressed for one in PRESSES[1:])


async def test_in_direct_messages_setup_is_refused(newsroom: Town) -> None:
    found = shown(await newsroom.max.slash("help"))
    state = SetupState(newsroom.channel.id, (1,)).text()
    answer = await forge(newsroom, newsroom.max, found, f"setup:done:{state}")
    assert shown(answer).content == "That works in a server. Try it there."
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_an_admin_reaches_no_channel_of_another_server(newsroom: Town) -> None:
    elsewhere = newsroom.env.create_guild("Elsewhere")
    theirs = elsewhere.create_text_channel("theirs")
    page = await begin(newsroom)
    for name in ("check", "when", "review", "done"):
        state = SetupState(theirs.id, (1,)).text()
        answer = await forge(newsroom, newsroom.admin, page, f"setup:{name}:{state}")
        assert "I do not see that channel" in shown(answer).content
    answer = await forge(
        newsroom, newsroom.admin, page, f"setup:where:{SetupState().text()}", str(theirs.id)
    )
    assert "I do not see that channel" in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_a_voice_channel_or_a_category_is_no_place(newsroom: Town) -> None:
    page = await begin(newsroom)
    for place in (
        newsroom.guild.create_voice_channel("talk"),
        newsroom.guild.create_category("rooms"),
    ):
        state = SetupState(place.id, (1,)).text()
        answer = await forge(newsroom, newsroom.admin, page, f"setup:done:{state}")
        assert "I can post in text channels" in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


@pytest.mark.parametrize("topics", [(), (999999,), (2**62,)])
async def test_a_forged_topic_is_not_followed(newsroom: Town, topics: tuple[int, ...]) -> None:
    page = await begin(newsroom)
    state = SetupState(newsroom.channel.id, topics).text()
    answer = await forge(newsroom, newsroom.admin, page, f"setup:done:{state}")
    assert shown(answer).content == "Choose a topic first."
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_forged_choices_of_time_are_refused(newsroom: Town) -> None:
    page = await begin(newsroom)
    state = SetupState(newsroom.channel.id, (1,)).text()
    for part, value in (("every", "yearly"), ("at", "25:00"), ("day", "9"), ("zone", "../etc")):
        answer = await forge(newsroom, newsroom.admin, page, f"setup:{part}:{state}", value)
        assert shown(answer).content, part
        assert "our fault" not in shown(answer).content


async def test_buttons_of_setup_come_from_help(newsroom: Town) -> None:
    found = shown(await newsroom.admin.slash(newsroom.channel, "help"))
    page = shown(await newsroom.admin.click(found, label="Set up a channel"))
    assert custom_ids(page)[0].startswith("setup:where:")
