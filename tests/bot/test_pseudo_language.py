"""Everything people see, in a language in which each message is marked: nothing else has words.

What stands outside the marks is data: titles, mentions, times, addresses. What stands inside
another message's marks is a phrase by itself or whole sentences, never a piece of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from simcord.results import InteractionResult, ResponseMessage

from bot import language
from bot.notices import notice
from tests.bot.catalogs import PSEUDO, pseudo, taken_apart
from tests.bot.test_review import Desk
from tests.bot.town import Town, custom_ids, forge, furnish, open_town

LOCALE = "sv-SE"

DATA = re.compile(
    r"<[@#t][^>]*>|https?://\S+|Article \d+|The Example|Computer Vision|\bAI\b|Gardening|Mars"
    r"|\d+ \w{3} \d{4}|\d+ \w+ \d{4}|What article \d+ says\.?|[A-Z]\w+/[\w/ ]+|UTC|\w+day"
    r"|#[0-9A-F]{6}"
)
PHRASES = (
    "rhythm-", "on-", "volume-", "articles", "more", "rule-", "lacking", "cause-", "permission-",
    "another-article", "a-topic", "detail-", "setup-topic", "search-found", "for-me", "more-of-",
)  # fmt: skip
"""Messages that are no sentences, and may stand in one."""


def words(text: str) -> None:
    """Fail if anything in the text has words of its own, or is glued together."""
    said = taken_apart(text)
    for between in said.outside:
        rest = DATA.sub("", between)
        assert not re.search(r"[^\W\d_]{2,}", rest), f"{rest!r} is in no message: {text!r}"
    for before, between in zip(said.outer, said.outside[1:-1], strict=False):
        sentences = before.endswith(".") and between == " "
        assert sentences or re.search(r"[\n·#]", between), f"{between!r} glues messages: {text!r}"
    for inner, (outer, inside) in said.inner.items():
        whole = inside.rstrip(" *").endswith((".", ":", "!", "?", "**"))
        assert inner.startswith(PHRASES) or whole, f"{inner} is a piece of {outer}: {text!r}"


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text that is shown, in components, embeds and forms as the API has them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)
    elif isinstance(value, str) and key in SHOWN:
        yield value


SHOWN = ("content", "label", "title", "description", "placeholder", "text")


class Onlooker:
    """Sees what somebody is shown, and checks each text; ``seen`` is how many there were."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.seen = 0

    def _check(self, shown: Iterable[str]) -> None:
        for text in shown:
            self.seen += 1
            words(text)

    def message(self, message: ResponseMessage) -> None:
        self._check(texts({"content": message.content}))
        for embed in message.embeds:
            self._check(texts(dict(embed.to_dict())))
            for field in embed.fields:
                if field.name != "Related":
                    self._check([str(field.name), str(field.value)])
        self._check(texts([dict(row) for row in message.components]))

    def result(self, result: InteractionResult) -> ResponseMessage | None:
        if result.modal is not None:
            self._check(texts(result.modal))
        for message in (result.response, *result.followups):
            if message is not None:
                self.message(message)
        return result.response

    async def admin(self, command: str, **options: Any) -> ResponseMessage | None:
        return self.result(await self.town.admin.slash(self.town.channel, command, **options))

    async def member(self, command: str, **options: Any) -> ResponseMessage | None:
        return self.result(await self.town.member.slash(self.town.channel, command, **options))

    async def press(self, message: Any, custom_id: str, *values: str) -> ResponseMessage | None:
        """Press a button or choose from a menu, as a member."""
        return self.result(await forge(self.town, self.town.member, message, custom_id, *values))


@pytest.fixture
async def onlooker(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Onlooker]:
    """A town with articles in which everybody speaks the marked language."""
    language.learn(pseudo())
    try:
        async with open_town(sqlite_url, tmp_path) as town:
            town.speaks(LOCALE)
            await furnish(town)
            yield Onlooker(town)
    finally:
        language._tongues.pop(PSEUDO)


def test_words_outside_a_message_are_found() -> None:
    with pytest.raises(AssertionError, match="in no message"):
        words("⟦comes:Your digest⟧ comes daily")
    with pytest.raises(AssertionError, match="glues"):
        words("⟦last:You follow⟧ ⟦last:nothing⟧")
    with pytest.raises(AssertionError, match="is a piece of"):
        words("⟦last:You ⟦comes:follow⟧ AI.⟧")
    words("⟦last:You follow **AI** (⟦volume-rare:little⟧).⟧\n⟦last:More.⟧ · Article 1")


async def test_what_members_are_told(onlooker: Onlooker) -> None:
    """Before and after following, with errors in between."""
    for _ in range(2):
        for command in ("following", "topics", "schedule", "digest", "saved", "data", "help"):
            await onlooker.member(command)
        await onlooker.member("topics", search="vison")
        await onlooker.member("digest", topic="AI")
        await onlooker.member("search", words="article")
        await onlooker.member("search", words="zebra stripes")
        await onlooker.member("search", words="?!")
        await onlooker.member("why", article="article 1")
        await onlooker.member("follow", topic="Gardening")
        await onlooker.member("unfollow", topic="Gardening")
        await onlooker.member("follow", topic="AI", every="hourly")
        await onlooker.member("follow", topic="AI", every="instantly")
        await onlooker.town.tick()
    for wish in (
        {"at": "08:00 18:00", "day": 7, "quiet": "22:00-07:00"},
        {"every": "weekly", "day": 2, "timezone": "Europe/Berlin"},
        {"every": "instantly", "day": 7, "quiet": "22:00-07:00"},
        {"pause_until": "forever"},
        {"pause_until": "2 weeks"},
        {"pause_until": "whenever"},
        {"pause_until": "2020-01-01"},
        {"timezone": "Mars"},
        {"timezone": "IST"},
        {"at": "soon"},
        {"quiet": "at night"},
    ):
        await onlooker.member("schedule", **wish)
        await onlooker.member("following")
    await onlooker.member("unfollow", topic="AI")
    assert onlooker.seen > 100


async def test_what_is_offered_while_typing(onlooker: Onlooker) -> None:
    town = onlooker.town
    for command, option in (("follow", "topic"), ("schedule", "pause_until"), ("why", "article")):
        for choice in await town.member.autocomplete(town.channel, command, option, ""):
            words(choice["name"])
            onlooker.seen += 1
    assert onlooker.seen > 10


async def test_what_admins_are_told(onlooker: Onlooker) -> None:
    town = onlooker.town
    for _ in range(2):
        for command in ("list", "status", "preview", "post", "pause", "resume", "filter"):
            await onlooker.admin(f"channel {command}")
        await onlooker.admin("channel follow", topic="AI", every="weekly")
        await onlooker.admin("channel follow", topic="AI")
        await town.tick()
    await onlooker.admin(
        "channel filter",
        quality=50,
        heat=5,
        only_words=", ".join("abcdefghijklm"),
        not_providers="Mars",
        least=3,
    )
    await onlooker.admin("channel filter", only_words="?!")
    await onlooker.admin("channel schedule", at="soon")
    await onlooker.admin("channel unfollow", topic="Gardening")
    town.mute()
    await onlooker.admin("channel follow", topic="Computer Vision")
    await onlooker.admin("channel status")
    await onlooker.admin("channel pause", until="2 weeks")
    await onlooker.admin("channel unfollow", topic="AI")
    await onlooker.member("help")
    assert onlooker.seen > 30


async def test_a_refused_digest_is_told_in_words_of_its_reader(onlooker: Onlooker) -> None:
    town = onlooker.town
    await onlooker.admin("channel follow", topic="AI")
    town.mute()
    await town.tick()
    await onlooker.admin("channel status")
    await onlooker.admin("channel list")
    say, reasons = language.tongue(LOCALE), ("the thread is locked", "the forum asks for a title")
    words(notice(say, [(1, reasons[0])]))
    words(notice(say, list(enumerate(reasons))))


async def test_what_the_set_up_says(onlooker: Onlooker) -> None:
    town = onlooker.town
    page = await onlooker.admin("channel setup")
    assert page is not None

    async def choose(number: int, *values: Any) -> None:
        ids = [one for one in custom_ids(page) if not one.startswith("setup:where")]
        first = custom_ids(page)[0]
        wanted = first if first.startswith("setup:where") else ids[number]
        onlooker.result(await town.admin.select(page, values, custom_id=wanted))
        onlooker.message(page)

    async def press(part: str) -> None:
        wanted = next(one for one in custom_ids(page) if one.startswith(f"setup:{part}:"))
        onlooker.result(await town.admin.click(page, custom_id=wanted))
        onlooker.message(page)

    town.mute()
    await choose(0, town.channel)
    town.mute(muted=False)
    await press("check")
    topics = page.components[0]["components"][0]["options"]
    await choose(0, *[one["value"] for one in topics])
    await press("when")
    for every in ("weekly", "hourly", "instantly", "daily"):
        await choose(0, every)
    await press("other")
    await press("review")
    await press("done")
    assert onlooker.seen > 100


async def test_what_a_digest_and_its_buttons_say(onlooker: Onlooker) -> None:
    """Posted in the language of the server; answered in that of who presses."""
    town = onlooker.town
    await onlooker.admin("channel follow", topic="AI")
    await town.tick()
    (posted,) = town.posted()
    assert posted.content.startswith("⟦")
    words(posted.content)
    for custom_id in custom_ids(posted):
        await onlooker.press(posted, custom_id)
    menu = await onlooker.press(posted, next(one for one in custom_ids(posted) if "me:" in one))
    assert menu is not None
    await onlooker.member("follow", topic="AI")
    for _ in range(2):
        saved = await onlooker.press(posted, "saving", "1", "2")
        assert saved is not None
    page = await onlooker.member("saved")
    for custom_id in ("saved-export", "unsave:0", "time", "now", "unfollow:1", "follow:999"):
        await onlooker.press(page, custom_id, *(["1"] if custom_id == "unsave:0" else []))
    told = await onlooker.member("data")
    for custom_id in ("data-delete", "data-keep", "data-delete-all", "who-knows"):
        await onlooker.press(told, custom_id)
    assert onlooker.seen > 60


async def test_what_is_said_of_looks_and_of_a_persons_filters(onlooker: Onlooker) -> None:
    town = onlooker.town
    role = town.guild.create_role("Readers")
    await onlooker.admin("channel look")
    await onlooker.admin("channel follow", topic="AI")
    await town.tick()
    for wish in ({}, {"look": "lead", "colour": "#1F8B4C"}, {"role": role}, {"silent": True}):
        await onlooker.admin("channel look", **wish)
    await onlooker.admin("channel look", colour="nonsense")
    for choice in await town.admin.autocomplete(town.channel, "channel look", "colour", ""):
        words(choice["name"])
    page = await onlooker.member("follow", topic="AI")
    assert page is not None
    for quality in ("50", "all"):
        form = await forge(town, town.member, page, "choose")
        onlooker.result(form)
        values = {"quality": quality, "only_with": "zebra", "not_from": "Mars"}
        onlooker.result(await town.member.submit_modal(form, values))
    assert onlooker.seen > 40


async def test_what_editors_are_shown(onlooker: Onlooker) -> None:
    """A draft with its buttons, as posted in the staff channel, and all that they say."""
    desk = Desk(onlooker.town)
    await onlooker.admin("channel review")
    await desk.open(11, 12, 13)
    await onlooker.admin("channel review")
    await onlooker.admin("channel status")
    for name in ("approve", "hold", "drop", "pin", "see"):
        draft = desk.draft
        words(draft.content)
        for embed in draft.embeds:
            words(embed.description or "")
        onlooker.result(await desk.ben.click(draft, custom_id=desk.button(name)))
        await onlooker.town.tick()
    onlooker.result(await desk.ben.click(desk.draft, custom_id=desk.button("send")))
    await onlooker.town.tick()
    words(desk.draft.content)
    await onlooker.admin("channel review", off=True)
    assert onlooker.seen > 30
