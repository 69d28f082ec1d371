"""Edits against a loopback Discord: every end of a request, and what it means for the edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.mending import DiscordMender
from digests.mender import PATIENCE, after
from digests.model import Article
from digests.outcomes import (
    Edited,
    EditOutcome,
    Gone,
    Refused,
    Rejected,
    RetryLater,
    Revoked,
    Sent,
    Unknown,
)
from digests.posted import Edit, Shown
from tests.bot.scene import Scene, delivery
from tests.build import NOW, article
from tests.discord_server import visible_embeds
from tests.discord_server.faults import Fault
from tests.discord_server.faults import Kind as FaultKind

PATCH = ("PATCH", "/channels/*/messages/*")


async def posted(here: Scene, now: Article | None = None) -> Edit:
    """A message that is posted, and the edit after which it shows this."""
    one = delivery(here.channel)
    sent = await here.sender.send(one)
    assert isinstance(sent, Sent)
    assert sent.message_id is not None
    return Edit(
        id=one.id,
        number=1,
        attempt=1,
        tries=0,
        rename=False,
        destination=one.destination,
        channel_id=sent.channel_id,
        message_id=sent.message_id,
        edition=1,
        part=0,
        parts=1,
        alone=True,
        shown=(Shown(now, NOW if now else None),),
    )


async def test_only_the_embeds_change(here: Scene) -> None:
    edit = await posted(here, article(1, title="Better"))
    (before,) = here.posts()
    assert await DiscordMender(here.client).edit(edit) == Edited()
    (message,) = here.posts()
    assert [one["title"] for one in visible_embeds(message)] == ["Better"]
    for key in ("content", "components", "flags", "id"):
        assert message[key] == before[key]


async def test_what_was_deleted_needs_no_edit(here: Scene) -> None:
    edit = await posted(here)
    here.server.world.delete_message(here.channel, edit.message_id)
    assert isinstance(await DiscordMender(here.client).edit(edit), Gone)
    here.channel.delete()
    assert isinstance(await DiscordMender(here.client).edit(edit), Gone)


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (403, 50001, Refused),
        (403, 50013, Refused),
        (403, 160005, Refused),
        (404, 10004, Refused),
        (429, 30046, RetryLater),
        (400, 50035, Rejected),
        (400, 200000, Rejected),
        (401, 0, Revoked),
        (403, 0, RetryLater),
        (502, 0, Unknown),
    ],
)
async def test_what_discord_answers(
    here: Scene, status: int, code: int, outcome: type[EditOutcome]
) -> None:
    edit = await posted(here)
    body = {"code": code, "message": "no", "retry_after": 0.01}
    kind, headers = FaultKind.STATUS, {"Via": "1.1 test", "X-RateLimit-Scope": "shared"}
    here.server.faults.add(
        Fault(kind, *PATCH, times=None, status=status, body=body, headers=headers)
    )
    assert isinstance(await DiscordMender(here.client).edit(edit), outcome)


async def test_a_lost_answer_is_made_up_for_by_a_repeat(here: Scene) -> None:
    edit = await posted(here)
    here.server.faults.add(Fault(FaultKind.RESET_AFTER, *PATCH))
    mender = DiscordMender(here.client)
    assert isinstance(await mender.edit(edit), Unknown)
    assert await mender.edit(edit) == Edited()


async def test_a_refusal_is_tried_again_for_a_week_and_then_given_up(here: Scene) -> None:
    edit = await posted(here)
    ends = [after(Refused("no"), replace(edit, tries=n), NOW) for n in range(len(PATIENCE) + 1)]
    assert all(one.again is not None and one.again > NOW for one in ends[:-1])
    assert sum(PATIENCE, timedelta()) > timedelta(days=6)
    assert ends[-1].again is None
