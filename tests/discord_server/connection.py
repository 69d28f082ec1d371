"""Takes a running server; points discord.py at it, and connects a client to it for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Protocol

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Place(Protocol):
    """Where a server is; ``DiscordServer`` and ``Remote`` are such."""

    @property
    def api_url(self) -> str: ...

    @property
    def gateway_url(self) -> str: ...

    @property
    def token(self) -> str: ...


@contextmanager
def redirected(server: Place) -> Iterator[None]:
    """Inside, every discord.py client of this process speaks to the server."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = server.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@asynccontextmanager
async def connected(
    server: Place,
    client: discord.Client,
    *,
    token: str | None = None,
    ready_timeout: float = 20.0,
) -> AsyncIterator[discord.Client]:
    """Inside, the client is logged in and ready; at the end it is closed.

    What ends the client early is raised. ``token``: the server's, unless another is given.
    """
    with redirected(server):
        running = asyncio.create_task(client.start(token or server.token))
        try:
            ready = asyncio.create_task(client.wait_until_ready())
            done, _ = await asyncio.wait(
                {running, ready}, timeout=ready_timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if running in done:
                ready.cancel()
                await running
            if not done:
                raise TimeoutError(f"the client was not ready after {ready_timeout:g} s")
            yield client
        finally:
            await client.close()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
