"""Takes ``POST /_control/{verb}`` with JSON from another process; does it, and answers in JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .errors import ApiError, Json
from .faults import Fault, Kind
from .guild import Guild
from .model import TEXT, Channel, Role, User
from .options import CannotDo, Value
from .wire import json_response

if TYPE_CHECKING:
    from .server import DiscordServer

Verb = Callable[[Json], Awaitable[Json]]


class Control:
    """The verbs. Ids come and go as text; each verb is a method, its body the JSON object."""

    def __init__(self, server: DiscordServer) -> None:
        self._server = server

    async def serve(self, request: web.BaseRequest, verb: str) -> web.Response:
        """Answer one call: 404 for no such verb or id, 400 with ``error`` for what cannot be."""
        method: Verb | None = getattr(self, f"do_{verb}", None)
        if method is None:
            return json_response(404, {"error": f"no verb {verb!r}"})
        try:
            body: Json = await request.json() if request.can_read_body else {}
            answer = await method(body)
        except KeyError as error:
            return json_response(404, {"error": f"missing or unknown: {error}"})
        except (ValueError, TypeError, TimeoutError, CannotDo, ApiError) as error:
            return json_response(400, {"error": str(error), "kind": type(error).__name__})
        return json_response(200, answer)

    # ── what there is ────────────────────────────────────────────────────────────────────────

    async def do_add_user(self, body: Json) -> Json:
        """name, dms_open?, installed?"""
        return self._server.world.add_user(**body).to_json()

    async def do_set_dms(self, body: Json) -> Json:
        """user_id, open"""
        user = self._user(body)
        user.dms_open = bool(body["open"])
        return user.to_json()

    async def do_add_guild(self, body: Json) -> Json:
        """name, bot_permissions?"""
        guild = self._server.world.add_guild(body["name"], bot_permissions=_bits(body))
        return guild.to_json()

    async def do_remove_guild(self, body: Json) -> Json:
        """guild_id"""
        self._guild(body).delete()
        return {}

    async def do_add_channel(self, body: Json) -> Json:
        """guild_id, name, kind? (Discord's number of the channel type)"""
        kind = int(body.get("kind", TEXT))
        return self._guild(body).add_channel(body["name"], kind).to_json()

    async def do_delete_channel(self, body: Json) -> Json:
        """channel_id"""
        self._channel(body).delete()
        return {}

    async def do_add_member(self, body: Json) -> Json:
        """guild_id, user_id, permissions?"""
        bits = int(body.get("permissions", 0))
        return self._guild(body).add_member(self._user(body), bits).to_json()

    async def do_set_permissions(self, body: Json) -> Json:
        """channel_id, target_id ("bot", a user's or a role's id), allow?, deny?"""
        channel = self._channel(body)
        target = self._target(channel.in_guild(), body["target_id"])
        allow, deny = int(body.get("allow", 0)), int(body.get("deny", 0))
        channel.set_permissions(target, allow=allow, deny=deny)
        return channel.to_json()

    # ── what happens ─────────────────────────────────────────────────────────────────────────

    async def do_messages(self, body: Json) -> Json:
        """channel_id, or user_id for the direct messages; n? and timeout? to wait for so many"""
        channel = self._conversation(body)
        await self._server.wait_for_messages(
            channel, int(body.get("n", 0)), float(body.get("timeout", 10.0))
        )
        return {"messages": self._server.messages(channel)}

    async def do_requests(self, body: Json) -> Json:
        """method?, path?; n? and timeout? to wait for so many"""
        method, path = body.get("method", "*"), body.get("path", "*")
        timeout = float(body.get("timeout", 10.0))
        await self._server.wait_for_requests(method, path, int(body.get("n", 0)), timeout)
        found = self._server.requests.to(method, path)
        return {"requests": [request.to_json() for request in found]}

    async def do_slash(self, body: Json) -> Json:
        """user_id, channel_id (without it: in direct messages), command, options?"""
        user = self._user(body)
        place = self._conversation(body)
        options: dict[str, Value] = body.get("options") or {}
        reply = await self._server.slash(user, place, body["command"], **options)
        return reply.to_json()

    async def do_click(self, body: Json) -> Json:
        """user_id, message (an object as it was given), button (custom_id or label)"""
        reply = await self._server.click(self._user(body), body["message"], body["button"])
        return reply.to_json()

    # ── what goes wrong ──────────────────────────────────────────────────────────────────────

    async def do_add_fault(self, body: Json) -> Json:
        """kind, method?, path?, times?, probability?, status?, body?, headers?, seconds?"""
        self._server.faults.add(Fault(**{**body, "kind": Kind(body["kind"])}))
        return {}

    async def do_clear_faults(self, _body: Json) -> Json:
        self._server.faults.clear()
        return {}

    async def do_drop_gateway(self, body: Json) -> Json:
        """code?"""
        self._server.gateway.drop(int(body.get("code", 4000)))
        return {}

    async def do_revoke_token(self, _body: Json) -> Json:
        self._server.revoke_token()
        return {}

    async def do_advance(self, body: Json) -> Json:
        """seconds"""
        self._server.advance(float(body["seconds"]))
        return {"now": self._server.world.clock.now()}

    async def do_wait_for_bot(self, body: Json) -> Json:
        """timeout?, times?"""
        timeout, times = float(body.get("timeout", 10.0)), int(body.get("times", 1))
        await self._server.wait_for_bot(timeout, times=times)
        return {}

    async def do_summary(self, _body: Json) -> Json:
        """Counts, to see at a glance how it goes."""
        server = self._server
        channels = server.world.channels.values()
        statuses: dict[str, Any] = {str(k): n for k, n in server.requests.statuses().items()}
        return {
            "guilds": len(server.world.guilds),
            "channels": len(channels),
            "messages": sum(len(channel.store) for channel in channels),
            "requests": statuses,
            "invalid_requests": server.limits.invalid,
            "sessions": len(server.gateway.sessions),
            "crashes": [repr(crash) for crash in server.crashes],
        }

    # ── ids ──────────────────────────────────────────────────────────────────────────────────

    def _user(self, body: Json) -> User:
        return self._server.world.users[int(body["user_id"])]

    def _guild(self, body: Json) -> Guild:
        return self._server.world.guilds[int(body["guild_id"])]

    def _channel(self, body: Json) -> Channel:
        return self._server.world.channels[int(body["channel_id"])]

    def _conversation(self, body: Json) -> Channel:
        if "channel_id" in body:
            return self._channel(body)
        return self._server.world.dm_with(self._user(body))

    def _target(self, guild: Guild, target_id: str) -> User | Role:
        if target_id == "bot":
            return self._server.world.bot
        key = int(target_id)
        return guild.roles[key] if key in guild.roles else self._server.world.users[key]


def _bits(body: Json) -> int:
    return int(body.get("bot_permissions", 0))
