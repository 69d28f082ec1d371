"""Why something cannot be sent, as the database keeps it (in English), in; a reader's words out.

Reasons go into the database, the log and ``digest-bot status`` as English phrases. Each is also a
message of ``causes.ftl``, and is found again by its English wording, so that who asks in Discord
reads it in their language. What Discord itself said is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from bot.language import DEFAULT, Tongue, tongue
from bot.text import plain

PERMISSIONS = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "embed_links",
    "read_message_history",
)
"""Those that posting may need, by discord.py's names."""

_FRAMES = ("cause-but", "cause-said")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def lacking(permissions: Iterable[str], say: Tongue | None = None) -> str:
    """``**Send Messages** and **Embed Links** are missing there``; in English without ``say``."""
    say = say or tongue(DEFAULT)
    names = [permission(say, one) for one in permissions]
    return say("lacking", names=say.both(names), n=len(names))


def permission(say: Tongue, name: str) -> str:
    """A permission as Discord's settings call it, in bold."""
    return f"**{say(f'permission-{name}')}**"


def worded(say: Tongue, reason: str | None) -> str:
    """A reason that was kept, in the reader's words."""
    if not reason:
        return say("cause-unknown")
    if message := _messages().get(reason):
        return say(message)
    before, _, rest = reason.partition(", but ")
    if rest and (known := _messages().get(before)):
        return say("cause-but", cause=say(known), reason=worded(say, rest))
    before, _, rest = reason.partition(": ")
    if rest and (known := _messages().get(before)):
        return say("cause-said", cause=say(known), said=plain(rest))
    english = {tongue(DEFAULT)(f"permission-{one}"): one for one in PERMISSIONS}
    names = [english[one] for one in _BOLD.findall(reason) if one in english]
    return lacking(names, say) if names and lacking(names) == reason else reason


@cache
def _messages() -> Mapping[str, str]:
    """The English wording of each cause, and the message that it is."""
    say = tongue(DEFAULT)
    return {
        say(one): one for one in say.messages if one.startswith("cause-") and one not in _FRAMES
    }
