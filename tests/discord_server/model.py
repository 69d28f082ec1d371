"""The things of a Discord as plain objects: built by ``World``, given out as Discord's JSON."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import permissions
from .errors import Json

if TYPE_CHECKING:
    from .guild import Guild

TEXT, DM, ANNOUNCEMENT, FORUM = 0, 1, 5, 15
ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12
THREADS = frozenset({ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot. ``dms_open`` is False when direct messages from apps are refused.

    ``installed``: has the app on the own account, so needs no shared guild with it.
    """

    id: int
    name: str
    bot: bool = False
    dms_open: bool = True
    installed: bool = False
    locale: str = "en-US"
    dm: Channel | None = None
    guild_ids: set[int] = field(default_factory=set)

    def to_json(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": None if self.bot else self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(slots=True, eq=False)
class Role:
    """A guild's role; ``permissions`` is the bit set it gives."""

    id: int
    name: str
    permissions: int
    position: int = 1
    managed: bool = False

    def to_json(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "managed": self.managed,
            "mentionable": False,
            "hoist": False,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "flags": 0,
        }


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild. ``timed_out_until`` is Unix seconds, 0 for never."""

    user: User
    role_ids: set[int] = field(default_factory=set)
    timed_out_until: float = 0.0

    def to_json(self) -> Json:
        return {
            "user": self.user.to_json(),
            "roles": [str(role_id) for role_id in sorted(self.role_ids)],
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows and denies one role (kind 0) or member (kind 1)."""

    target_id: int
    kind: int
    allow: int
    deny: int

    def to_json(self) -> Json:
        return {
            "id": str(self.target_id),
            "type": self.kind,
            "allow": str(self.allow),
            "deny": str(self.deny),
        }


class MessageStore:
    """A channel's messages in order of id. Values are never changed, only replaced."""

    __slots__ = ("_by_id", "_ids", "removed")

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._by_id: dict[int, Json] = {}
        self.removed: set[int] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def get(self, message_id: int) -> Json | None:
        return self._by_id.get(message_id)

    def put(self, message: Json) -> None:
        """Add the message, or replace the one with its id."""
        message_id = int(message["id"])
        if message_id not in self._by_id:
            if self._ids and message_id < self._ids[-1]:
                insort(self._ids, message_id)
            else:
                self._ids.append(message_id)
        self._by_id[message_id] = message

    def remove(self, message_id: int) -> None:
        del self._by_id[message_id]
        del self._ids[bisect_left(self._ids, message_id)]
        self.removed.add(message_id)

    def all(self) -> list[Json]:
        """Every message, oldest first."""
        return [self._by_id[message_id] for message_id in self._ids]

    def after(self, message_id: int, limit: int) -> list[Json]:
        """The ``limit`` oldest messages newer than the id, oldest first."""
        start = bisect_right(self._ids, message_id)
        return [self._by_id[i] for i in self._ids[start : start + limit]]

    def before(self, message_id: int | None, limit: int) -> list[Json]:
        """The ``limit`` newest messages older than the id (None: of all), oldest first."""
        end = len(self._ids) if message_id is None else bisect_left(self._ids, message_id)
        return [self._by_id[i] for i in self._ids[max(0, end - limit) : end]]


@dataclass(slots=True, eq=False)
class ThreadState:
    """What only a thread has."""

    owner_id: int
    archive_timestamp: str
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 1440
    applied_tags: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Channel:
    """A guild's channel, a thread of one, or a direct message (then ``recipient`` is set)."""

    id: int
    kind: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    position: int = 0
    tag_required: bool = False
    tags: dict[int, str] = field(default_factory=dict)
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    store: MessageStore = field(default_factory=MessageStore)
    thread: ThreadState | None = None

    @property
    def is_thread(self) -> bool:
        return self.thread is not None

    def set_permissions(self, target: User | Role, *, allow: int = 0, deny: int = 0) -> None:
        """Set the channel's overwrite of a member or role, and tell the bot (CHANNEL_UPDATE).

        ValueError for a thread: its parent's count.
        """
        if self.is_thread:
            raise ValueError("a thread has no permissions of its own: set its parent's")
        kind = 1 if isinstance(target, User) else 0
        self.overwrites[target.id] = Overwrite(target.id, kind, allow, deny)
        self._changed()

    def clear_permissions(self, target: User | Role) -> None:
        """Take the channel's overwrite of a member or role away again."""
        self.overwrites.pop(target.id, None)
        self._changed()

    def rename(self, name: str) -> None:
        """Give the channel another name."""
        self.name = name
        self._changed()

    def archive(self, *, archived: bool = True, locked: bool = False) -> None:
        """Archive (and lock) a thread, or open it again; ValueError for other channels."""
        if self.thread is None:
            raise ValueError(f"{self.name!r} is no thread")
        self.thread.archived = archived
        self.thread.locked = locked
        self._changed()

    def delete(self) -> None:
        """Delete the channel with its threads and messages."""
        guild = self.in_guild()
        guild.world.remove_channel(self)

    def in_guild(self) -> Guild:
        """The channel's guild; ValueError for a direct message."""
        if self.guild is None:
            raise ValueError("a direct message is in no guild")
        return self.guild

    def _changed(self) -> None:
        guild = self.in_guild()
        event = "THREAD_UPDATE" if self.is_thread else "CHANNEL_UPDATE"
        guild.world.emit(event, self.to_json(), guild)

    def to_json(self) -> Json:
        newest = self.store.before(None, 1)
        data: Json = {
            "id": str(self.id),
            "type": self.kind,
            "last_message_id": newest[0]["id"] if newest else None,
            "flags": 16 if self.tag_required else 0,
        }
        if self.recipient is not None:
            data["recipients"] = [self.recipient.to_json()]
            return data
        data["name"] = self.name
        data["guild_id"] = str(self.in_guild().id)
        data["parent_id"] = str(self.parent.id) if self.parent else None
        data["rate_limit_per_user"] = 0
        if self.thread is not None:
            return data | self._thread_json(self.thread)
        data["position"] = self.position
        data["topic"] = None
        data["nsfw"] = False
        data["permission_overwrites"] = [o.to_json() for o in self.overwrites.values()]
        if self.kind == FORUM:
            data["available_tags"] = [
                {
                    "id": str(id_),
                    "name": name,
                    "moderated": False,
                    "emoji_id": None,
                    "emoji_name": None,
                }
                for id_, name in self.tags.items()
            ]
        return data

    def _thread_json(self, thread: ThreadState) -> Json:
        return {
            "owner_id": str(thread.owner_id),
            "message_count": len(self.store),
            "total_message_sent": len(self.store) + len(self.store.removed),
            "member_count": 1,
            "applied_tags": thread.applied_tags,
            "thread_metadata": {
                "archived": thread.archived,
                "locked": thread.locked,
                "auto_archive_duration": thread.auto_archive_minutes,
                "archive_timestamp": thread.archive_timestamp,
                "create_timestamp": thread.archive_timestamp,
            },
        }

    def permissions_of(self, user: User, now: float) -> int:
        """The user's bits here; 0 for who is not in the guild. ``now``: Unix seconds."""
        if self.guild is None:
            return permissions.IN_DM if self.recipient is not None else 0
        member = self.guild.members.get(user.id)
        return 0 if member is None else permissions.in_channel(self.guild, member, self, now)
