"""/channel review: a channel's editions are shown to its editors before their time."""

from __future__ import annotations

from discord import app_commands

from bot import replies
from bot.answers import answer
from bot.causes import worded
from bot.client import Interaction
from bot.commands.channel.place import Place, check_permissions, place_of
from bot.language import Tongue, reader
from bot.replies import when
from digests.editing import MINUTES, DraftState, Review
from digests.errors import DigestError, NoDrafts
from digests.model import Address, Kind
from digests.storage.drafts import Draft

DEFAULT = 15

Minutes = app_commands.Range[int, MINUTES[0], MINUTES[-1]]


@app_commands.command(
    description="Show a channel's digests to its editors first: approve, hold, leave out, pin."
)
@app_commands.describe(
    channel="Which channel (default: this one)",
    staff="Where the drafts are shown: a channel that only the editors see",
    minutes="How many minutes before its time, 5 to 120 (default: 15)",
    off="True: show no drafts any more",
)
async def review(
    interaction: Interaction,
    channel: Place | None = None,
    staff: Place | None = None,
    minutes: Minutes | None = None,
    off: bool = False,
) -> None:
    """Change what was named, and show how it is now."""
    say = reader(interaction)
    editors = interaction.client.service.editors
    address, mention = place_of(interaction, channel)
    if off:
        done = await editors.end(address)
        await answer(interaction, say("review-off" if done else "review-was-off", place=mention))
        return
    found = await editors.standing(address)
    before = found[0] if found else None
    if found is not None and staff is None and minutes is None:
        await answer(interaction, reviewed(say, mention, *found))
        return
    if staff is None and before is None:
        await answer(interaction, say("review-none", place=mention))
        return
    channel_id = _staff(interaction, say, address, staff) if staff else _known(before)
    ahead = minutes or (before.minutes if before else DEFAULT)
    try:
        made = await editors.review(address, channel_id, ahead, by=interaction.user.id)
    except NoDrafts:
        raise DigestError(say("review-instantly", place=mention)) from None
    if made is None:
        await answer(interaction, replies.nothing_followed(say, mention))
        return
    interaction.client.wake()
    now_so = await editors.standing(address)
    if now_so is not None:
        await answer(interaction, reviewed(say, mention, *now_so))


def _staff(interaction: Interaction, say: Tongue, address: Address, staff: Place) -> int:
    """The channel for the drafts: another than the digest's own, where the bot may post."""
    there, mention = place_of(interaction, staff)
    if there.kind is Kind.FORUM:
        raise DigestError(say("review-no-forum"))
    if there.id == address.id:
        raise DigestError(say("review-same"))
    check_permissions(interaction, there, mention)
    return there.id


def _known(before: Review | None) -> int:
    assert before is not None  # noqa: S101 - else there was an answer already
    return before.channel_id


def reviewed(say: Tongue, place: str, review: Review, draft: Draft | None) -> str:
    """Where and when a channel's drafts are shown, and whether one is out."""
    staff = f"<#{review.channel_id}>"
    said = [say("review-on", place=place, staff=staff, n=review.minutes)]
    if review.ends:
        said = [say("review-off", place=place)]
    if draft is not None:
        said.append(out(say, draft))
    if review.trouble:
        said.append(say("review-trouble", staff=staff, reason=worded(say, review.trouble)))
    return "\n".join(said)


def out(say: Tongue, draft: Draft) -> str:
    """That a draft is out, where, and how it stands."""
    where = f"<#{draft.channel_id}>"
    if draft.state is DraftState.HELD:
        return say("review-held", staff=where)
    return say("review-out", staff=where, when=when(draft.slot))
