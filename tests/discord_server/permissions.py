"""Takes roles, overwrites and a member; gives the member's permission bits in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .guild import Guild
    from .model import Channel, Member

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
MANAGE_ROLES = 1 << 28
MANAGE_WEBHOOKS = 1 << 29
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40

ALL = (1 << 53) - 1

# What @everyone may do in a new guild.
DEFAULT = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | MENTION_EVERYONE
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
)

# A timed-out member keeps only these.
_TIMED_OUT = VIEW_CHANNEL | READ_MESSAGE_HISTORY
# Without Send Messages these are lost too.
_NEEDS_SEND = MENTION_EVERYONE | EMBED_LINKS | ATTACH_FILES
# In a direct message.
IN_DM = DEFAULT


def in_guild(guild: Guild, member: Member) -> int:
    """The bits that the member's roles give, before any channel's overwrites."""
    if member.user.id == guild.owner_id:
        return ALL
    bits = guild.everyone.permissions
    for role_id in member.role_ids:
        bits |= guild.roles[role_id].permissions
    return ALL if bits & ADMINISTRATOR else bits


def in_channel(guild: Guild, member: Member, channel: Channel, now: float) -> int:
    """The member's bits in the channel; a thread takes its parent's overwrites.

    ``now`` is Unix seconds: a time-out that is not over leaves only viewing and history.
    """
    bits = in_guild(guild, member)
    if bits & ADMINISTRATOR:
        return ALL
    overwrites = (channel.parent or channel).overwrites if channel.is_thread else channel.overwrites
    if overwrites:
        deny = allow = 0
        for role_id in member.role_ids:
            if role_id in overwrites:
                allow |= overwrites[role_id].allow
                deny |= overwrites[role_id].deny
        if guild.id in overwrites:
            everyone = overwrites[guild.id]
            bits = bits & ~everyone.deny | everyone.allow
        bits = bits & ~deny | allow
        if member.user.id in overwrites:
            own = overwrites[member.user.id]
            bits = bits & ~own.deny | own.allow
    if not bits & VIEW_CHANNEL:
        return 0
    speak = SEND_MESSAGES_IN_THREADS if channel.is_thread else SEND_MESSAGES
    if not bits & speak:
        bits &= ~_NEEDS_SEND
    if member.timed_out_until > now:
        bits &= _TIMED_OUT
    return bits
