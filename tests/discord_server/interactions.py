"""Takes what a person did and what the bot answered; keeps both, for the bot and for the test."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .components import TEXT_DISPLAY, walk
from .errors import Json, api_error
from .messages import EPHEMERAL, LOADING
from .model import Channel, User

if TYPE_CHECKING:
    from .world import World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9

TOKEN_SECONDS = 900.0


class NoReply(TimeoutError):
    """The bot did not answer an interaction in time."""


@dataclass(slots=True, eq=False)
class Interaction:
    """One interaction of a person. ``source``: the message whose component was used.

    ``original``: the id of the message that answers it (or of the source, where that is updated).
    """

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    name: str
    made_at: float
    source: Json | None = None
    answered: int | None = None  # the type of the callback
    data: Json = field(default_factory=dict)  # the data of the callback
    original: int | None = None
    followups: list[int] = field(default_factory=list)
    edits: int = 0


class Interactions:
    """All interactions of an app, and the messages that only one person sees."""

    def __init__(self, world: World, *, window: float = 3.0) -> None:
        self.world = world
        self.window = window
        self.hidden: dict[int, Json] = {}  # ephemeral and still loading messages
        self._by_token: dict[str, Interaction] = {}

    def start(
        self, kind: int, user: User, channel: Channel, name: str, source: Json | None = None
    ) -> Interaction:
        """Note an interaction of the type ``kind``; ``name`` says in errors what it was."""
        made = Interaction(
            self.world.ids.next(),
            secrets.token_urlsafe(24),
            kind,
            user,
            channel,
            name,
            self.world.clock.now(),
            source,
        )
        self._by_token[made.token] = made
        return made

    def unanswered(self, interaction_id: int, token: str) -> Interaction:
        """The interaction to be answered; 404 / 10062 if unknown or too late, 400 / 40060 if done.

        The first answer has to come within ``window`` seconds.
        """
        found = self._by_token.get(token)
        if found is None or found.id != interaction_id:
            raise api_error(10062)
        if found.answered is not None:
            raise api_error(40060)
        if self.world.clock.now() - found.made_at > self.window:
            raise api_error(10062)
        return found

    def answered(self, token: str) -> Interaction:
        """The interaction that was answered before: 15 minutes long, then 401 / 50027."""
        found = self._by_token.get(token)
        if found is None or found.answered is None:
            raise api_error(10015)
        if self.world.clock.now() - found.made_at > TOKEN_SECONDS:
            raise api_error(50027)
        return found

    def message(self, interaction: Interaction, message_id: int) -> Json:
        """A message of the interaction; 404 / 10008 if it is gone or not its own."""
        own = message_id == interaction.original or message_id in interaction.followups
        found = self.look(interaction.channel, message_id) if own else None
        if found is None:
            raise api_error(10008)
        return found

    def look(self, channel: Channel, message_id: int) -> Json | None:
        """A message, hidden or in the channel, if it exists."""
        return self.hidden.get(message_id) or channel.store.get(message_id)

    def put(self, channel: Channel, message: Json) -> None:
        """Keep a message: hidden while it loads or if it is ephemeral, else in the channel."""
        message_id = int(message["id"])
        if message["flags"] & (EPHEMERAL | LOADING):
            self.hidden[message_id] = message
            self.world.changes.notify()
        else:
            self.hidden.pop(message_id, None)
            self.world.store(channel, message)

    def remove(self, channel: Channel, message_id: int) -> None:
        """Delete a message, hidden or not."""
        if self.hidden.pop(message_id, None) is None:
            self.world.delete_message(channel, message_id)
        self.world.changes.notify()


Condition = Callable[[], bool]


class Reply:
    """What the person sees of the bot's answer, now: later edits and follow-ups show too."""

    def __init__(self, interactions: Interactions, interaction: Interaction) -> None:
        self._all = interactions
        self.interaction = interaction

    @property
    def type(self) -> int | None:
        """The type of the callback: 4 message, 5 and 6 deferred, 7 update, 8 choices, 9 modal."""
        return self.interaction.answered

    @property
    def data(self) -> Json:
        """The data of the callback as sent."""
        return self.interaction.data

    @property
    def deferred(self) -> bool:
        return self.type in (DEFERRED_MESSAGE, DEFERRED_UPDATE)

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees the answer."""
        message = self.message
        flags = self.data.get("flags", 0) if message is None else message["flags"]
        return bool(flags & EPHEMERAL)

    @property
    def message(self) -> Json | None:
        """The answer's message as it is now; None while there is none, or if it was deleted."""
        original = self.interaction.original
        return None if original is None else self._all.look(self.interaction.channel, original)

    @property
    def content(self) -> str:
        return str((self.message or {}).get("content", ""))

    @property
    def embeds(self) -> list[Json]:
        return list((self.message or {}).get("embeds", []))

    @property
    def components(self) -> list[Json]:
        return list((self.message or {}).get("components", []))

    @property
    def choices(self) -> list[Json]:
        """What autocomplete offered: ``[{"name": …, "value": …}]``."""
        return list(self.data.get("choices") or [])

    @property
    def modal(self) -> Json | None:
        """The form that was opened: ``title``, ``custom_id``, ``components``."""
        return self.data if self.type == MODAL else None

    @property
    def followups(self) -> list[Json]:
        """The follow-up messages as they are now, without deleted ones."""
        channel = self.interaction.channel
        found = [self._all.look(channel, message_id) for message_id in self.interaction.followups]
        return [message for message in found if message is not None]

    @property
    def edits(self) -> int:
        """How often the bot changed the answer after it was there."""
        return self.interaction.edits

    @property
    def text(self) -> str:
        """All that can be read: answer and follow-ups, embeds and texts of components."""
        shown = [self.message] if self.message is not None else []
        return "\n".join(text_of(message) for message in shown + self.followups)

    async def acknowledged(self, timeout: float | None = None) -> Reply:
        """Wait for the callback; NoReply if it does not come within the time (seconds)."""
        return await self._until(
            lambda: self.interaction.answered is not None,
            self._all.window if timeout is None else timeout,
            "was not answered",
        )

    async def settled(self, timeout: float = 10.0) -> Reply:
        """Wait for the callback, and if it only said "thinking", for what it was thinking of."""
        await self.acknowledged()
        if self.type != DEFERRED_MESSAGE:
            return self
        return await self._until(self._done_loading, timeout, "was never finished")

    async def edited(self, times: int = 1, timeout: float = 10.0) -> Reply:
        """Wait until the answer was changed so many times."""
        return await self._until(lambda: self.edits >= times, timeout, "was not changed")

    async def followed_up(self, count: int = 1, timeout: float = 10.0) -> Reply:
        """Wait for so many follow-ups."""
        made = self.interaction.followups
        return await self._until(lambda: len(made) >= count, timeout, "was not followed up")

    def _done_loading(self) -> bool:
        message = self.message
        return message is None or not message["flags"] & LOADING

    async def _until(self, condition: Condition, timeout: float, what: str) -> Reply:
        changes = self._all.world.changes
        try:
            await changes.wait_for(condition, timeout, lambda: "")
        except TimeoutError:
            name = self.interaction.name
            raise NoReply(f"{name} {what} within {timeout:g} s; so far: {self}") from None
        return self

    def __repr__(self) -> str:
        return f"<Reply to {self.interaction.name}: type {self.type}, {self.text!r}>"

    def to_json(self) -> Json:
        return {
            "type": self.type,
            "data": self.data,
            "ephemeral": self.ephemeral,
            "message": self.message,
            "followups": self.followups,
            "edits": self.edits,
        }


def text_of(message: Json) -> str:
    """Everything a reader can read in the message, a line each."""
    lines = [message["content"]]
    for embed in message["embeds"]:
        lines += [embed.get("title"), embed.get("description")]
        lines.append((embed.get("author") or {}).get("name"))
        for shown in embed.get("fields") or ():
            lines += [shown["name"], shown["value"]]
        lines.append((embed.get("footer") or {}).get("text"))
    for component in walk(message["components"]):
        lines.append(component.get("content") if component["type"] == TEXT_DISPLAY else None)
        lines.append(component.get("label"))
    return "\n".join(line for line in lines if line)
