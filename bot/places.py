"""What the bot knows of the place of a digest: its kind, its tags, and what it may not do there.

From the gateway's cache where the server is one of this process's own, else asked of Discord once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord.http import Route

from digests.model import Address, Destination, Kind

REMEMBERED = 1000
_REQUIRE_TAG = 1 << 4
_NEWS = 5

_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHANNEL: ("view_channel", "send_messages", "embed_links"),
    Kind.THREAD: ("view_channel", "send_messages_in_threads", "embed_links"),
    Kind.FORUM: ("view_channel", "send_messages", "send_messages_in_threads", "embed_links"),
}

Channel = discord.abc.GuildChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as far as posting cares. ``tags``: ids and names of those the bot may use."""

    news: bool = False
    tag_required: bool = False
    tags: tuple[tuple[int, str], ...] = ()


class Places:
    """Looks places up."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._asked: OrderedDict[int, Place] = OrderedDict()

    def cached(self, address: Address) -> Channel | None:
        """The channel, if its server is one of this process's own and it is there."""
        guild = self.guild(address)
        return guild.get_channel_or_thread(address.id) if guild else None

    def guild(self, address: Address) -> discord.Guild | None:
        """The server, if it is one of this process's own."""
        return self._client.get_guild(address.guild_id) if address.guild_id else None

    async def publishes(self, destination: Destination) -> bool:
        """Whether it is an announcement channel; raises what discord.py raises."""
        if self.cached(destination.address) is None and destination.news is not None:
            return destination.news
        return (await self.look(destination.address)).news

    async def look(self, address: Address) -> Place:
        """The place; raises what discord.py raises."""
        channel = self.cached(address)
        if channel is not None:
            return _known(channel)
        if address.id not in self._asked:
            route = Route("GET", "/channels/{channel_id}", channel_id=address.id)
            self._asked[address.id] = _told(await self._client.http.request(route))
            if len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        return self._asked[address.id]

    def missing(self, address: Address, also: Iterable[str] = ()) -> list[str] | None:
        """The permissions that the bot lacks there; None where it cannot know.

        They have discord.py's names, and so have further ones that are needed, ``also``.
        """
        channel = self.cached(address)
        if channel is None or channel.guild.me is None:
            return None
        mine = channel.permissions_for(channel.guild.me)
        missing = [
            name
            for name in dict.fromkeys((*_NEEDED[address.kind], *also))
            if not getattr(mine, name)
        ]
        # Who may not see a channel may do nothing there, and who may not speak may not embed:
        # only the first of these is the cause.
        if "view_channel" in missing:
            missing = ["view_channel"]
        elif {"send_messages", "send_messages_in_threads"} & {*missing}:
            missing = [name for name in missing if name != "embed_links"]
        return missing


def is_news(channel: Channel) -> bool:
    """Whether it is an announcement channel."""
    return isinstance(channel, discord.TextChannel) and channel.is_news()


def _known(channel: Channel) -> Place:
    if not isinstance(channel, discord.ForumChannel):
        return Place(news=is_news(channel))
    may_moderate = channel.permissions_for(channel.guild.me).manage_threads
    return Place(
        tag_required=channel.flags.require_tag,
        tags=tuple(
            (tag.id, tag.name)
            for tag in channel.available_tags
            if may_moderate or not tag.moderated
        ),
    )


def _told(data: Mapping[str, Any]) -> Place:
    return Place(
        news=data["type"] == _NEWS,
        tag_required=bool(data.get("flags", 0) & _REQUIRE_TAG),
        tags=tuple(
            (int(tag["id"]), tag["name"])
            for tag in data.get("available_tags", ())
            if not tag.get("moderated")
        ),
    )
