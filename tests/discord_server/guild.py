"""A guild and the ways to build and change it; every change is told to the connected bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import permissions
from .clock import iso
from .errors import Json
from .model import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    FORUM,
    PUBLIC_THREAD,
    TEXT,
    Channel,
    Member,
    Role,
    ThreadState,
    User,
)

if TYPE_CHECKING:
    from .world import World


@dataclass(slots=True, eq=False)
class Guild:
    """A server of Discord's. Made by ``World.add_guild``, with an owner and the bot as members."""

    id: int
    name: str
    world: World
    owner: User
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    system_channel: Channel | None = None
    blocked_words: set[str] = field(default_factory=set)
    """What AutoMod lets nobody write, in small letters."""

    @property
    def owner_id(self) -> int:
        return self.owner.id

    @property
    def everyone(self) -> Role:
        """The role of all members; its id is the guild's."""
        return self.roles[self.id]

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in the guild."""
        return self.world.bot.id in self.members

    # ── channels ─────────────────────────────────────────────────────────────────────────────

    def add_text_channel(self, name: str) -> Channel:
        return self.add_channel(name, TEXT)

    def add_announcement_channel(self, name: str) -> Channel:
        return self.add_channel(name, ANNOUNCEMENT)

    def add_forum(
        self, name: str, *, tag_required: bool = False, tags: Sequence[str] = ()
    ) -> Channel:
        """Add a forum; ``tags``: names of those that its posts may have."""
        return self.add_channel(name, FORUM, tag_required=tag_required, tags=tags)

    def add_channel(
        self, name: str, kind: int, *, tag_required: bool = False, tags: Sequence[str] = ()
    ) -> Channel:
        """Add a channel of Discord's type number ``kind`` (CHANNEL_CREATE)."""
        channel = Channel(
            self.world.ids.next(),
            kind,
            name,
            guild=self,
            position=len(self.channels),
            tag_required=tag_required,
            tags={self.world.ids.next(): tag for tag in tags},
        )
        self.channels[channel.id] = channel
        self.world.channels[channel.id] = channel
        self._tell("CHANNEL_CREATE", channel.to_json())
        return channel

    def add_thread(
        self,
        parent: Channel,
        name: str,
        *,
        owner: User | None = None,
        thread_id: int | None = None,
        kind: int | None = None,
    ) -> Channel:
        """Add a thread or forum post (THREAD_CREATE); ``owner`` defaults to the guild's."""
        usual = ANNOUNCEMENT_THREAD if parent.kind == ANNOUNCEMENT else PUBLIC_THREAD
        thread = Channel(
            self.world.ids.next() if thread_id is None else thread_id,
            usual if kind is None else kind,
            name,
            guild=self,
            parent=parent,
            thread=ThreadState((owner or self.owner).id, iso(self.world.clock.now())),
        )
        self.threads[thread.id] = thread
        self.world.channels[thread.id] = thread
        self._tell("THREAD_CREATE", thread.to_json() | {"newly_created": True})
        return thread

    # ── roles and members ────────────────────────────────────────────────────────────────────

    def add_role(self, name: str, bits: int = 0) -> Role:
        """Add a role that gives the permission ``bits`` (GUILD_ROLE_CREATE)."""
        role = Role(self.world.ids.next(), name, bits, position=len(self.roles))
        self.roles[role.id] = role
        self._tell("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role.to_json()})
        return role

    def set_role(self, role: Role, bits: int) -> None:
        """Change what a role gives (GUILD_ROLE_UPDATE); ``guild.everyone`` is a role too."""
        role.permissions = bits
        self._tell("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": role.to_json()})

    def add_member(self, user: User, permissions: int = 0) -> Member:
        """Let a user in; ``permissions``: bits beyond @everyone's, given by a role of their own."""
        member = Member(user)
        if permissions:
            member.role_ids.add(self.add_role(user.name, permissions).id)
        self._let_in(member)
        if user is not self.world.bot:
            self._tell("GUILD_MEMBER_ADD", member.to_json() | {"guild_id": str(self.id)})
        return member

    def remove_member(self, user: User) -> None:
        """Take a person out of the guild (GUILD_MEMBER_REMOVE)."""
        if user is self.world.bot:
            raise ValueError("use remove_bot for the bot")
        self._put_out(user)
        data = {"guild_id": str(self.id), "user": user.to_json()}
        self._tell("GUILD_MEMBER_REMOVE", data)

    def give_role(self, user: User, role: Role) -> None:
        """Give a member a role (GUILD_MEMBER_UPDATE)."""
        member = self.members[user.id]
        member.role_ids.add(role.id)
        self._tell("GUILD_MEMBER_UPDATE", member.to_json() | {"guild_id": str(self.id)})

    def time_out(self, user: User, until: float) -> None:
        """Time a member out until the Unix time ``until`` (GUILD_MEMBER_UPDATE)."""
        member = self.members[user.id]
        member.timed_out_until = until
        data = member.to_json() | {
            "guild_id": str(self.id),
            "communication_disabled_until": iso(until),
        }
        self._tell("GUILD_MEMBER_UPDATE", data)

    # ── the bot comes and goes ───────────────────────────────────────────────────────────────

    def remove_bot(self) -> None:
        """Remove the app from the guild (GUILD_DELETE)."""
        self._tell("GUILD_DELETE", {"id": str(self.id), "unavailable": False})
        self._put_out(self.world.bot)

    def add_bot(self, bits: int = 0) -> None:
        """Install the app (again): GUILD_CREATE. ``bits``: beyond @everyone's."""
        member = Member(self.world.bot)
        if bits:
            role = Role(self.world.ids.next(), self.world.bot.name, bits, managed=True)
            self.roles[role.id] = role
            member.role_ids.add(role.id)
        self._let_in(member)
        self._tell("GUILD_CREATE", self.to_json())

    def delete(self) -> None:
        """Delete the guild with all its channels (GUILD_DELETE)."""
        self.world.remove_guild(self)

    def _let_in(self, member: Member) -> None:
        self.members[member.user.id] = member
        member.user.guild_ids.add(self.id)

    def _put_out(self, user: User) -> None:
        del self.members[user.id]
        user.guild_ids.discard(self.id)

    def _tell(self, event: str, data: Json) -> None:
        self.world.emit(event, data, self)

    def visible_threads(self) -> list[Channel]:
        """The active threads that the bot can view."""
        now = self.world.clock.now()
        return [
            thread
            for thread in self.threads.values()
            if thread.thread is not None
            and not thread.thread.archived
            and thread.permissions_of(self.world.bot, now) & permissions.VIEW_CHANNEL
        ]

    def to_json(self) -> Json:
        """The body of GUILD_CREATE for a guild just joined; of all members only the bot."""
        bot = self.members.get(self.world.bot.id)
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner_id),
            "member_count": len(self.members),
            "roles": [role.to_json() for role in self.roles.values()],
            "members": [] if bot is None else [bot.to_json()],
            "channels": [channel.to_json() for channel in self.channels.values()],
            "threads": [thread.to_json() for thread in self.visible_threads()],
            "emojis": [],
            "stickers": [],
            "features": [],
            "preferred_locale": "en-US",
            "premium_tier": 0,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "nsfw_level": 0,
            "mfa_level": 0,
            "system_channel_id": str(self.system_channel.id) if self.system_channel else None,
            "system_channel_flags": 0,
            "afk_timeout": 300,
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }
