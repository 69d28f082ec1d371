"""How a channel stands in, what is said of it out (pure); see ``bot.replies``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.causes import lacking, worded
from bot.language import Tongue, Value
from bot.replies import name, next_digest, when
from digests.model import Destination, Topic
from digests.storage.readers import LastEdition, Standing

LATE = timedelta(minutes=10)
"""What was planned so long after its time was late."""


def standing(
    say: Tongue,
    found: tuple[Destination, list[Topic], Standing] | None,
    place: str,
    missing: Sequence[str],
    now: datetime,
) -> str:
    """How a channel stands: next and last digest, what is not posted, and why."""
    if missing:
        rights = say("rights-missing", place=place, lacking=lacking(missing, say))
    else:
        rights = say("rights", place=place)
    if found is None or not found[1]:
        begin = say("standing-nothing", place=place)
        return f"{begin}\n{rights}" if missing else begin
    destination, topics, state = found
    names = ", ".join(name(one.name) for one in topics[:10])
    if len(topics) > 10:
        follows = say("standing-more", place=place, topics=names, more=len(topics) - 10)
    else:
        follows = say("standing", place=place, topics=names)
    said = [
        follows,
        next_digest(say, destination, place, now),
        _last(say, destination, state),
        *_stuck(say, destination, state),
        rights,
    ]
    return "\n".join(said)


def _stuck(say: Tongue, destination: Destination, state: Standing) -> list[str]:
    """What is not posted, and why."""
    said = []
    if state.waiting:
        said.append(say("standing-waiting", n=state.waiting))
    if state.held or destination.held:
        reason = worded(say, destination.held or state.reason)
        said.append(say("standing-held", n=state.held, reason=reason))
    if state.dead and state.reason and not state.held:
        reason = worded(say, state.reason)
        said.append(say("standing-dead-because", n=state.dead, reason=reason))
    elif state.dead:
        said.append(say("standing-dead", n=state.dead))
    return said


def _last(say: Tongue, destination: Destination, state: Standing) -> str:
    last = state.last
    if last is None:
        return say("last-none")
    made: dict[str, Value] = {
        "number": last.number,
        "when": when(last.planned_at),
        "n": last.articles,
    }
    if last.message_id is None:
        return f"{say('last-unposted', **made)}\n{_covers(say, last)}".rstrip()
    guild = destination.address.guild_id or "@me"
    link = f"https://discord.com/channels/{guild}/{last.channel_id}/{last.message_id}"
    return f"{say('last', **made, link=link)}\n{_covers(say, last)}".rstrip()


def _covers(say: Tongue, last: LastEdition) -> str:
    """Which time the last digest covers, and whether it came late; empty where nobody knows."""
    if last.since is None:
        return ""
    if last.slot is not None and last.planned_at - last.slot > LATE:
        return say("covers-late", since=when(last.since), due=when(last.slot))
    return say("covers", since=when(last.since))
