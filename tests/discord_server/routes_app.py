"""Takes calls about the app itself: who it is, its gateway, its commands."""

from __future__ import annotations

from .commands import register
from .errors import Json, api_error
from .routing import Answer, Call, Route


def me(call: Call) -> Answer:
    return call.bot.to_json() | {"verified": True, "mfa_enabled": True, "flags": 0}


def application(call: Call) -> Answer:
    return {
        "id": str(call.world.application_id),
        "name": call.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "approximate_guild_count": len(call.bot.guild_ids),
        "owner": call.server.developer.to_json(),
        "team": None,
    }


def gateway(call: Call) -> Answer:
    return {"url": call.server.gateway_url}


def gateway_bot(call: Call) -> Answer:
    gateway = call.server.gateway
    return {
        "url": call.server.gateway_url,
        "shards": gateway.shards,
        "session_start_limit": {
            "total": gateway.session_starts,
            "remaining": max(0, gateway.session_starts - gateway.identified),
            "reset_after": 86_400_000,
            "max_concurrency": gateway.max_concurrency,
        },
    }


def _scope(call: Call) -> int | None:
    """The guild of the path, None for global; 404 / 10002 for another app's id."""
    if call.parts[0] != str(call.world.application_id):
        raise api_error(10002)
    if len(call.parts) == 1:
        return None
    guild_id = call.id(1)
    if guild_id not in call.world.guilds:
        raise api_error(10004)
    return guild_id


def list_commands(call: Call) -> Answer:
    return list(call.world.commands.get(_scope(call), {}).values())


def put_commands(call: Call) -> Answer:
    """Replace all commands of the scope."""
    scope = _scope(call)
    bodies: list[Json] = call.items
    known = call.world.commands.get(scope, {})
    made = register(bodies, known, call.world.ids, call.world.application_id)
    call.world.commands[scope] = {int(command["id"]): command for command in made}
    return made


_GLOBAL = "/applications/{}/commands"
_GUILD = "/applications/{}/guilds/{}/commands"

ROUTES = [
    Route("GET", "/users/@me", me),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/applications/@me", application),
    Route("GET", "/gateway", gateway, token=False),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("GET", _GLOBAL, list_commands),
    Route("PUT", _GLOBAL, put_commands),
    Route("GET", _GUILD, list_commands),
    Route("PUT", _GUILD, put_commands),
]
