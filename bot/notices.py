"""A held destination in; one message to who can mend it out, as near to the place as may be."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord
from discord.http import Route

from bot.causes import lacking, worded
from bot.language import Tongue, tongue
from bot.places import Places
from bot.traffic import ENDS, attempting
from digests.holding import Held, Holding, Trouble
from digests.model import Hold, Kind

log = logging.getLogger(__name__)

MOST = 10
"""Channels named in one message."""

WITHIN = 20.0


class Notices:
    """Tells a server once of each place where the bot may not post.

    Only servers of this process's own shards are told, so that two processes never both do it.
    """

    def __init__(
        self,
        client: discord.Client,
        places: Places,
        holding: Holding,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._places = places
        self._holding = holding
        self._clock = clock

    async def tell(self) -> int:
        """Tell who has not been told; how many places that were."""
        by_guild: dict[int, list[Held]] = {}
        for held in await self._holding.untold():
            if held.address.guild_id is not None:
                by_guild.setdefault(held.address.guild_id, []).append(held)
        told = 0
        for guild_id, places in by_guild.items():
            guild = self._client.get_guild(guild_id)
            if guild is not None and not guild.unavailable and guild.me is not None:
                told += await self._tell(guild, places[:MOST])
        for trouble in await self._holding.untold_reviews():
            guild = self._client.get_guild(trouble.address.guild_id or 0)
            if guild is not None and not guild.unavailable and guild.me is not None:
                told += await self._tell_of_review(guild, trouble)
        return told

    async def _tell_of_review(self, guild: discord.Guild, trouble: Trouble) -> int:
        """Say that a draft cannot be shown to the editors of a channel."""
        say = tongue(trouble.language)
        key = f"{trouble.destination_id}@{trouble.since.isoformat()}"
        body = {
            "content": say(
                "notice-review",
                place=f"<#{trouble.address.id}>",
                staff=f"<#{trouble.channel_id}>",
                reason=worded(say, trouble.reason),
            ),
            "allowed_mentions": {"parse": []},
            "nonce": hashlib.blake2b(key.encode(), digest_size=12).hexdigest(),
            "enforce_nonce": True,
        }
        # As of a held place: near it, but not in it, and not where readers are told the news.
        places = [
            Held(
                id=trouble.destination_id,
                address=one,
                cause=Hold.REFUSED,
                reason=trouble.reason,
                since=trouble.since,
                told=False,
                set_up_by=trouble.set_by,
                language=trouble.language,
            )
            for one in (trouble.address, replace(trouble.address, id=trouble.channel_id))
        ]
        try:
            with attempting():
                async with asyncio.timeout(WITHIN):
                    where = await self._say(guild, places, body)
        except ENDS as error:
            log.info("telling server %s has to wait: %s", guild.id, error)
            return 0
        await self._holding.told_of_review(trouble.destination_id, self._clock())
        log.info("a draft that cannot be shown in server %s: told %s", guild.id, where)
        return 1

    async def _tell(self, guild: discord.Guild, places: Sequence[Held]) -> int:
        say = tongue(places[0].language)
        reasons = {held.id: self._reason(held) for held in places}
        body = {
            "content": notice(say, [(held.address.id, reasons[held.id]) for held in places]),
            "allowed_mentions": {"parse": []},
            "nonce": _nonce(places),
            "enforce_nonce": True,
        }
        try:
            with attempting():
                async with asyncio.timeout(WITHIN):
                    where = await self._say(guild, places, body)
        except ENDS as error:
            log.info("telling server %s has to wait: %s", guild.id, error)
            return 0
        for held in places:
            await self._holding.told(held, self._clock(), reasons[held.id])
        log.info("%d held places of server %s: told %s", len(places), guild.id, where)
        return len(places)

    def _reason(self, held: Held) -> str:
        """What is missing now, by name; what Discord said where that is not it."""
        also = ["read_message_history"] if held.cause is Hold.DOUBTFUL else []
        missing = self._places.missing(held.address, also)
        return lacking(missing) if missing else held.reason

    async def _say(self, guild: discord.Guild, places: Sequence[Held], body: dict[str, Any]) -> str:
        """Say it where it can be said: in the server, else to who set the digest up."""
        channel = next(_speakable(guild, places), None)
        if channel is not None and await self._post(channel.id, body):
            return f"in channel {channel.id}"
        for person in dict.fromkeys(held.set_up_by for held in places if held.set_up_by):
            try:
                opened = await self._client.http.start_private_message(person)
            except discord.HTTPException as error:
                _unless_refused(error)
                continue
            if await self._post(int(opened["id"]), body):
                return f"person {person}"
        return "nobody: neither the server nor who set it up can be written to"

    async def _post(self, channel_id: int, body: dict[str, Any]) -> bool:
        """False if it is refused there."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        try:
            await self._client.http.request(route, json=body)
        except discord.HTTPException as error:
            _unless_refused(error)
            return False
        return True


def _unless_refused(error: discord.HTTPException) -> None:
    """Raise what will be over in a while; a refusal has been seen with several statuses."""
    if error.status == 429 or error.status >= 500:
        raise error


def notice(say: Tongue, places: Sequence[tuple[int, str]]) -> str:
    """What is said of places (channel id, reason): what is wrong, and what to do."""
    if len(places) == 1:
        ((id_, reason),) = places
        return say("notice", place=f"<#{id_}>", reason=worded(say, reason))
    listed = [
        say("notice-line", place=f"<#{id_}>", reason=worded(say, reason)) for id_, reason in places
    ]
    return "\n".join([say("notice-many"), *listed, say("notice-many-mend")])


def _speakable(guild: discord.Guild, places: Sequence[Held]) -> Iterator[discord.TextChannel]:
    """Channels where the bot may speak: around the place first, then where servers are told."""
    held = {one.address.id for one in places}
    parents = [
        thread.parent
        for one in places
        if one.address.kind is Kind.THREAD and (thread := guild.get_thread(one.address.id))
    ]
    near = [*parents, guild.public_updates_channel, guild.system_channel, *guild.text_channels]
    for channel in near:
        if isinstance(channel, discord.TextChannel) and channel.id not in held:
            mine = channel.permissions_for(guild.me)
            if mine.view_channel and mine.send_messages:
                yield channel


def _nonce(places: Sequence[Held]) -> str:
    """The same for the same notice, so that it is not posted twice when an answer is lost."""
    text = ",".join(f"{held.id}@{held.since.isoformat()}" for held in places)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
