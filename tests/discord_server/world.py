"""Takes builder calls and posts; keeps a Discord's state in memory and emits its gateway events."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import messages, permissions
from .changes import Changes
from .clock import Clock, Snowflakes
from .errors import Json, api_error
from .guild import Guild
from .messages import Upload
from .model import DM, Channel, Role, User

Emit = Callable[[str, Json, Guild | None], object]


def _nobody_listens(_event: str, _data: Json, _guild: Guild | None) -> None:
    """Before a gateway is attached, events go nowhere."""


class NonceMemory:
    """Which message each (author, nonce) made, for ``window`` seconds."""

    __slots__ = ("_made", "_order", "window")

    def __init__(self, window: float) -> None:
        self.window = window
        self._made: dict[tuple[int, str], tuple[Channel, int]] = {}
        self._order: deque[tuple[float, tuple[int, str]]] = deque()

    def find(self, author: User, nonce: str, now: float) -> tuple[Channel, int] | None:
        """The channel and id of the message made with the nonce inside the window, if any."""
        while self._order and self._order[0][0] <= now - self.window:
            self._made.pop(self._order.popleft()[1], None)
        return self._made.get((author.id, nonce))

    def keep(self, author: User, nonce: str, channel: Channel, message_id: int, now: float) -> None:
        key = (author.id, nonce)
        self._made[key] = (channel, message_id)
        self._order.append((now, key))


class World:
    """Everything there is: the app with its bot, people, guilds, channels and their messages."""

    def __init__(self, *, nonce_window: float = 180.0, bot_name: str = "digest-bot") -> None:
        self.clock = Clock()
        self.ids = Snowflakes(self.clock)
        self.changes = Changes()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int | None, dict[int, Json]] = {None: {}}  # by guild; None is global
        self.nonces = NonceMemory(nonce_window)
        self.listener: Emit = _nobody_listens
        self.bot = self.add_user(bot_name)
        self.bot.bot = True
        self.application_id = self.bot.id

    # ── building ─────────────────────────────────────────────────────────────────────────────

    def add_user(self, name: str, *, dms_open: bool = True, installed: bool = False) -> User:
        """Add a person. ``installed``: has the app on the account, and needs no shared guild."""
        user = User(self.ids.next(), name, dms_open=dms_open, installed=installed)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, owner: User | None = None, bot_permissions: int = 0) -> Guild:
        """Add a guild with the bot in it (GUILD_CREATE). ``bot_permissions``: beyond @everyone's.

        Without ``owner`` a person named after the guild is made to own it.
        """
        owner = owner or self.add_user(f"owner of {name}")
        guild = Guild(self.ids.next(), name, self, owner)
        guild.roles[guild.id] = Role(guild.id, "@everyone", permissions.DEFAULT, position=0)
        guild.add_member(owner)
        self.guilds[guild.id] = guild
        guild.add_bot(bot_permissions)
        return guild

    def dm_with(self, user: User) -> Channel:
        """The direct message channel of the bot and the user: always the same one."""
        if user.dm is None:
            user.dm = Channel(self.ids.next(), DM, recipient=user)
            self.channels[user.dm.id] = user.dm
        return user.dm

    def remove_channel(self, channel: Channel) -> None:
        """Take a channel or thread away (CHANNEL_DELETE or THREAD_DELETE), with its threads."""
        guild = channel.in_guild()
        for thread in [t for t in guild.threads.values() if t.parent is channel]:
            del guild.threads[thread.id], self.channels[thread.id]
        (guild.threads if channel.is_thread else guild.channels).pop(channel.id)
        del self.channels[channel.id]
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        self.emit(event, channel.to_json(), guild)

    def remove_guild(self, guild: Guild) -> None:
        """Take a guild away with all its channels (GUILD_DELETE)."""
        for channel_id in [*guild.channels, *guild.threads]:
            del self.channels[channel_id]
        if guild.has_bot:
            guild.remove_bot()
        for member in guild.members.values():
            member.user.guild_ids.discard(guild.id)
        del self.guilds[guild.id]

    def shares_guild(self, user: User) -> bool:
        """Whether some guild holds both the bot and the user."""
        return not user.guild_ids.isdisjoint(self.bot.guild_ids)

    # ── messages ─────────────────────────────────────────────────────────────────────────────

    def say(self, user: User, channel: Channel, content: str) -> Json:
        """Post as a person; gives the message."""
        return self.post(channel, user, {"content": content})

    def post(
        self,
        channel: Channel,
        author: User,
        body: Mapping[str, Any],
        *,
        uploads: Sequence[Upload] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> Json:
        """Store a checked message and tell it (MESSAGE_CREATE); gives it with its nonce.

        With ``enforce_nonce`` a nonce of the same author inside the window makes no new message:
        the one it made is given again. If that is deleted: 404 / 10008.
        """
        nonce = body.get("nonce")
        now = self.clock.now()
        if nonce is not None and body.get("enforce_nonce"):
            earlier = self.nonces.find(author, str(nonce), now)
            if earlier is not None:
                message = earlier[0].store.get(earlier[1])
                if message is None or earlier[0].id not in self.channels:
                    raise api_error(10008)
                return {**message, "nonce": nonce}
        message_id = self.ids.next()
        message = messages.build(
            message_id,
            channel,
            author,
            body,
            timestamp=self.clock.timestamp(),
            author_bits=channel.permissions_of(author, now),
            uploads=uploads,
        )
        if extra:
            message |= extra
        self.store(channel, message)
        if nonce is None:
            self.emit_message("MESSAGE_CREATE", channel, message)
            return message
        self.nonces.keep(author, str(nonce), channel, message_id, now)
        told = {**message, "nonce": nonce}
        self.emit_message("MESSAGE_CREATE", channel, told)
        return told

    def store(self, channel: Channel, message: Json) -> None:
        """Keep a new or changed message, and wake who waits for it."""
        channel.store.put(message)
        self.changes.notify()

    def edit(self, channel: Channel, message: Json, changes: Mapping[str, Any]) -> Json:
        """Change a stored message and tell it (MESSAGE_UPDATE); gives the new one."""
        edited = {**message, **changes, "edited_timestamp": self.clock.timestamp()}
        self.store(channel, edited)
        self.emit_message("MESSAGE_UPDATE", channel, edited)
        return edited

    def delete_message(self, channel: Channel, message_id: int) -> None:
        """Delete a message (MESSAGE_DELETE); 404 / 10008 if it is not there."""
        if channel.store.get(message_id) is None:
            raise api_error(10008)
        channel.store.remove(message_id)
        data = {"id": str(message_id), "channel_id": str(channel.id)}
        self.emit_message("MESSAGE_DELETE", channel, data)
        self.changes.notify()

    # ── events ───────────────────────────────────────────────────────────────────────────────

    def emit_message(self, event: str, channel: Channel, data: Json) -> None:
        if channel.guild is not None:
            data = {**data, "guild_id": str(channel.guild.id)}
        self.emit(event, data, channel.guild)

    def emit(self, event: str, data: Json, guild: Guild | None) -> None:
        """Tell the bot of an event; of a guild only while the bot is in it."""
        if guild is None or guild.has_bot:
            self.listener(event, data, guild)
