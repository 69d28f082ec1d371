"""Takes settings and a world; serves it as Discord on 127.0.0.1, for an unmodified client."""

from __future__ import annotations

import asyncio
import hmac
from types import TracebackType
from typing import Self

from aiohttp import web

from .actors import Actors
from .control import Control
from .errors import Json
from .faults import Faults
from .gateway import Gateway
from .interactions import Interactions
from .limits import Limits, Sliding
from .model import Channel
from .request_log import RequestLog
from .rest import Rest
from .routes_webhooks import Webhook
from .wire import json_response
from .world import World

API = "/api/v10"
HOST = "127.0.0.1"


class DiscordServer(Actors):
    """A loopback Discord: ``async with DiscordServer() as server: …``.

    Point a client at ``api_url`` (REST) and ``gateway_url``; ``connection.redirected`` does so for
    discord.py. Build people, guilds and channels with ``world``, before or while it runs; act as
    people with ``slash``, ``click``, …; look at ``messages(channel)`` and ``requests``; script
    ``faults``. An exception inside a handler is answered with 500 and raised again on leaving.

    limits: enforce Discord's rate limits; ban_at: invalid requests in ten minutes until the
    address is cut off. nonce_window: seconds for which a nonce is remembered.
    interaction_window: seconds for the first answer to an interaction. seed: of random faults.
    shards, max_concurrency, session_starts: as ``GET /gateway/bot`` tells.
    forbidden_intents: bits that the app may not ask for.
    """

    def __init__(
        self,
        token: str = "test-token",  # noqa: S107 - made up, for loopback only
        *,
        limits: bool = False,
        port: int = 0,
        seed: int = 0,
        nonce_window: float = 180.0,
        requests_per_second: int = 50,
        ban_at: int = 10_000,
        crossposts_per_hour: int = 10,
        interaction_window: float = 3.0,
        shards: int = 1,
        max_concurrency: int = 1,
        session_starts: int = 1000,
        forbidden_intents: int = 0,
    ) -> None:
        self.token = token
        self.port = port
        self.world = World(nonce_window=nonce_window)
        self.developer = self.world.add_user("developer")
        self.limits = Limits(on=limits, a_second=requests_per_second, ban_at=ban_at)
        self.faults = Faults(seed)
        self.requests = RequestLog()
        self.webhooks: dict[int, Webhook] = {}
        self.crashes: list[Exception] = []
        self.interactions = Interactions(self.world, window=interaction_window)
        self.gateway = Gateway(
            self,
            shards=shards,
            max_concurrency=max_concurrency,
            session_starts=session_starts,
            forbidden_intents=forbidden_intents,
        )
        self.world.listener = self.gateway.dispatch
        self._crossposts_per_hour = crossposts_per_hour
        self._crossposts: dict[int, Sliding] = {}
        self._revoked = False
        self._rest = Rest(self)
        self._control = Control(self)
        self._http: web.Server | None = None
        self._listener: asyncio.Server | None = None

    # ── running ──────────────────────────────────────────────────────────────────────────────

    @property
    def api_url(self) -> str:
        """The base of the REST API; known once the server runs."""
        return f"http://{HOST}:{self.port}{API}"

    @property
    def gateway_url(self) -> str:
        return f"ws://{HOST}:{self.port}/gateway"

    async def start(self) -> None:
        """Listen; with ``port`` 0 on a free one."""
        self._http = web.Server(self._serve, access_log=None)
        await self.accept()

    async def stop(self) -> None:
        """Close everything."""
        await self.refuse()
        if self._http is not None:
            await self._http.shutdown(0.1)  # who still sleeps through a fault is stopped
            self._http = None

    async def refuse(self) -> None:
        """An outage: cut all connections and refuse new ones, until ``accept``."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for connection in [] if self._http is None else self._http.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0)

    async def accept(self) -> None:
        """Accept connections (again), on the same port."""
        if self._http is None:
            raise RuntimeError("the server is not running")
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(self._http, HOST, self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.stop()
        if self.crashes and error is None:
            raise ExceptionGroup("the loopback Discord itself failed", self.crashes)

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.rel_url.raw_path
        if path.startswith(API + "/"):
            return await self._rest.serve(request, path[len(API) :])
        if path.rstrip("/") == "/gateway":
            return await self.gateway.serve(request)
        if path.startswith("/_control/"):
            return await self._control.serve(request, path.removeprefix("/_control/"))
        return json_response(404, {"message": "404: Not Found", "code": 0})

    # ── the token ────────────────────────────────────────────────────────────────────────────

    def is_token(self, given: object, *, scheme: str = "") -> bool:
        """Whether what a client sent is the bot's token, and not revoked."""
        right = (scheme + self.token).encode()
        return not self._revoked and hmac.compare_digest(str(given).encode(), right)

    def revoke_token(self) -> None:
        """From now on 401 everywhere; gateway connections are closed with 4004."""
        self._revoked = True
        self.gateway.drop(4004)

    # ── looking ──────────────────────────────────────────────────────────────────────────────

    def channel(self, channel: Channel | int | str) -> Channel:
        """A channel by itself or its id; KeyError if there is none."""
        return channel if isinstance(channel, Channel) else self.world.channels[int(channel)]

    def messages(self, channel: Channel | int | str) -> list[Json]:
        """The channel's messages, oldest first; ephemeral ones are only in a Reply."""
        return self.channel(channel).store.all()

    async def wait_for_messages(
        self, channel: Channel | int | str, n: int, timeout: float = 10.0
    ) -> list[Json]:
        """Wait until the channel holds at least n messages, and give them; else TimeoutError."""
        place = self.channel(channel)

        def told() -> str:
            texts = [message["content"][:60] for message in place.store.all()[-5:]]
            have = len(place.store)
            return f"{n} messages in {timeout:g} s, but there are {have}, at last {texts}"

        await self.world.changes.wait_for(lambda: len(place.store) >= n, timeout, told)
        return place.store.all()

    async def wait_for_requests(
        self, method: str, pattern: str, n: int = 1, timeout: float = 10.0
    ) -> None:
        """Wait until n requests to such a place came in and were done with; else TimeoutError."""

        def done() -> bool:
            return len([r for r in self.requests.to(method, pattern) if r.status or r.fault]) >= n

        def told() -> str:
            seen = [f"{r.method} {r.path} -> {r.status}" for r in self.requests[-10:]]
            return f"{n} times {method} {pattern} in {timeout:g} s; at last {seen}"

        await self.world.changes.wait_for(done, timeout, told)

    async def wait_for_bot(self, timeout: float = 10.0, *, times: int = 1) -> None:
        """Wait until a bot is connected that identified as the ``times``-th; else TimeoutError."""
        gateway = self.gateway

        def connected() -> bool:
            here = any(session.connection for session in gateway.sessions.values())
            return here and gateway.identified >= times

        def told() -> str:
            return f"bot {times} not here in {timeout:g} s; {gateway.identified} identified so far"

        await self.world.changes.wait_for(connected, timeout, told)

    def crossposts_in(self, channel: Channel) -> Sliding:
        """The crossposts of the last hour in the channel."""
        found = self._crossposts.get(channel.id)
        if found is None:
            found = self._crossposts[channel.id] = Sliding(self._crossposts_per_hour, 3600.0)
        return found

    def advance(self, seconds: float) -> None:
        """Move the server's clock on: nonce windows, tokens and limits run out."""
        self.world.clock.advance(seconds)
