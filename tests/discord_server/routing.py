"""Takes method and path; gives the handler with the ids in the path, as the route table says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import permissions
from .errors import ApiError, FormErrors, Json, api_error
from .limits import Bucket
from .messages import Upload
from .model import Channel, User

if TYPE_CHECKING:
    from .server import DiscordServer
    from .world import World

Answer = Json | list[Json] | None


@dataclass(slots=True)
class Call:
    """One request on its way into a handler. ``parts`` are what stood at the path's ``{}``."""

    server: DiscordServer
    parts: Sequence[str]
    query: Mapping[str, str]
    body: Json
    uploads: Sequence[Upload] = ()
    items: list[Json] = field(default_factory=list)  # the body where it is a JSON array

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def bot(self) -> User:
        return self.server.world.bot

    def id(self, index: int) -> int:
        """A part as an id; 400 / 50035 if it is none."""
        return snowflake(self.parts[index])

    def channel(self, index: int = 0) -> Channel:
        """The channel that a part names; 404 / 10003 if there is none, 403 / 50001 if unseen."""
        channel = self.world.channels.get(self.id(index))
        if channel is None:
            raise api_error(10003)
        if not self.bits(channel) & permissions.VIEW_CHANNEL:
            raise api_error(50001)
        return channel

    def bits(self, channel: Channel) -> int:
        """The bot's permissions in the channel."""
        return channel.permissions_of(self.bot, self.world.clock.now())

    def message(self, channel: Channel, index: int) -> Json:
        """The message of the channel that a part names; 404 / 10008 if there is none."""
        message = channel.store.get(self.id(index))
        if message is None:
            raise api_error(10008)
        return message


def snowflake(text: object) -> int:
    """An id out of text; ApiError 400 / 50035 if it is none."""
    try:
        return int(str(text))
    except ValueError:
        errors = FormErrors()
        text = f'Value "{text}" is not snowflake.'
        errors.add(("id",), "NUMBER_TYPE_COERCE", text)
        errors.raise_if_any()
        raise


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One entry of the table. ``token``: needs the bot's. ``free``: exempt from global limits."""

    method: str
    path: str
    handler: Handler
    bucket: Bucket | None = None
    token: bool = True
    free: bool = False
    status: int = 200


@dataclass(slots=True)
class _Node:
    literal: dict[str, _Node] = field(default_factory=dict)
    any: _Node | None = None
    routes: dict[str, Route] = field(default_factory=dict)


class Router:
    """The route table as a tree of path segments; a literal goes before a ``{}``."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._root = _Node()
        for route in routes:
            node = self._root
            for segment in route.path.strip("/").split("/"):
                if segment == "{}":
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.literal.setdefault(segment, _Node())
            node.routes[route.method] = route

    def find(self, method: str, path: str) -> tuple[Route, list[str]]:
        """The route and its parts; ApiError 404 for no such path, 405 for another method."""
        segments = path.strip("/").split("/")
        found = self._walk(self._root, segments, 0, [])
        if found is None:
            raise api_error(0)
        node, parts = found
        if method not in node.routes:
            raise ApiError(405, {"message": "405: Method Not Allowed", "code": 0})
        return node.routes[method], parts

    def _walk(
        self, node: _Node, segments: list[str], depth: int, parts: list[str]
    ) -> tuple[_Node, list[str]] | None:
        if depth == len(segments):
            return (node, parts) if node.routes else None
        segment = segments[depth]
        literal = node.literal.get(segment)
        if literal is not None:
            found = self._walk(literal, segments, depth + 1, parts)
            if found is not None:
                return found
        if node.any is not None:
            return self._walk(node.any, segments, depth + 1, [*parts, segment])
        return None
