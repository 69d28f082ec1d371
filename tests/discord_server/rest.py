"""Takes HTTP requests below the API's base; gives Discord's answers, faults and limits included."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from . import routes_app, routes_channels, routes_messages, routes_webhooks
from .errors import ApiError, Json, api_error, unauthorized
from .faults import Fault, Kind
from .messages import Upload
from .request_log import Request
from .routing import Call, Route, Router
from .wire import cut, json_response

if TYPE_CHECKING:
    from .server import DiscordServer

_ROUTES = [
    *routes_app.ROUTES,
    *routes_messages.ROUTES,
    *routes_channels.ROUTES,
    *routes_webhooks.ROUTES,
]
_BLOCKED = "<html><body>error code: 1015</body></html>"


class Rest:
    """The REST side of a server."""

    def __init__(self, server: DiscordServer) -> None:
        self._server = server
        self._router = Router(_ROUTES)

    async def serve(self, request: web.BaseRequest, path: str) -> web.Response:
        """Answer one request; ``path`` is below the base, without the query."""
        entry = Request(request.method, path, dict(request.query), None, time.monotonic())
        self._server.requests.append(entry)
        try:
            response = await self._answer(request, entry)
        finally:
            self._server.world.changes.notify()
        return response

    async def _answer(self, request: web.BaseRequest, entry: Request) -> web.Response:
        content, uploads = await _content(request)
        entry.body = content
        ending: Fault | None = None
        for fault in self._server.faults.strike(entry.method, entry.path):
            entry.fault = fault.kind.value
            if fault.kind is Kind.SLOW:
                await asyncio.sleep(fault.seconds)
            else:
                ending = fault
        if ending is not None and ending.kind in (Kind.RESET_BEFORE, Kind.HANG_UP):
            return await cut(request, reset=ending.kind is Kind.RESET_BEFORE)
        if ending is not None and ending.kind is Kind.STATUS:
            return self._finish(entry, ending.status, ending.body, ending.headers)
        response = self._handled(request, entry, content, uploads)
        if ending is not None and ending.kind is Kind.SLOW_ANSWER:
            self._server.world.changes.notify()
            await asyncio.sleep(ending.seconds)
        elif ending is not None:
            entry.status = None
            return await cut(request, reset=True)
        return response

    def _handled(
        self, request: web.BaseRequest, entry: Request, content: Any, uploads: list[Upload]
    ) -> web.Response:
        server = self._server
        if server.limits.banned(server.world.clock.now()):
            entry.status = 429
            return web.Response(text=_BLOCKED, status=429, content_type="text/html")
        headers: dict[str, str] = {}
        try:
            route, parts = self._router.find(entry.method, entry.path)
            self._admit(route, request.headers.get("Authorization"))
            major = (entry.method, parts[0]) if parts else entry.method
            now = server.world.clock.now()
            headers = server.limits.take_bucket(route.bucket, major, now)
            answer = route.handler(_call(server, parts, entry.query, content, uploads))
        except ApiError as error:
            return self._finish(entry, error.status, error.body, headers | error.headers)
        except Exception as error:  # noqa: BLE001 - told by __aexit__, with its traceback
            server.crashes.append(error)
            return self._finish(entry, 500, {"message": repr(error), "code": 0}, headers)
        return self._finish(entry, route.status, answer, headers)

    def _admit(self, route: Route, authorization: str | None) -> None:
        """Check the token and count the request towards the global limit."""
        server = self._server
        with_token = authorization is not None
        if (route.token or with_token) and not server.is_token(authorization, scheme="Bot "):
            raise unauthorized()
        if not route.free:
            server.limits.take_global(server.world.clock.now(), with_token=with_token)

    def _finish(
        self, entry: Request, status: int, body: Json | list[Json] | None, headers: dict[str, str]
    ) -> web.Response:
        server = self._server
        if status >= 400:
            scope = headers.get("X-RateLimit-Scope")
            server.limits.note(status, scope, server.world.clock.now())
        if body is None and status < 400:
            entry.status = 204
            return web.Response(status=204, headers=headers)
        entry.status = status
        return json_response(status, body, headers)


_BAD_JSON: Json = {}


def _call(
    server: DiscordServer,
    parts: list[str],
    query: dict[str, str],
    content: Any,
    uploads: list[Upload],
) -> Call:
    if content is _BAD_JSON:
        raise api_error(50109)
    if isinstance(content, list):
        return Call(server, parts, query, {}, uploads, content)
    return Call(server, parts, query, content or {}, uploads)


async def _content(request: web.BaseRequest) -> tuple[Any, list[Upload]]:
    """The JSON and the files of a request; ``_BAD_JSON`` for what is none."""
    if not request.can_read_body:
        return None, []
    if request.content_type.startswith("multipart/"):
        return await _multipart(request)
    data = await request.read()
    if not data:
        return None, []
    return _parsed(data), []


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return _BAD_JSON


async def _multipart(request: web.BaseRequest) -> tuple[Any, list[Upload]]:
    content: Any = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        if part.name == "payload_json":
            content = _parsed(data)
        elif part.filename:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(part.filename, len(data), kind))
    return content, uploads
