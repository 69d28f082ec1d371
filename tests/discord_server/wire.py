"""Takes a status and a body, or a connection to cut; puts on the wire what discord.py expects."""

from __future__ import annotations

import asyncio
import json
import socket
import struct

from aiohttp import web

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, for no time: closing sends a reset


def json_response(status: int, body: object, headers: dict[str, str] | None = None) -> web.Response:
    """A response of exactly ``application/json``: with a charset discord.py takes it for text."""
    data = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=data, status=status, headers=headers, content_type="application/json")


async def cut(request: web.BaseRequest, *, reset: bool) -> web.Response:
    """Cut the request's connection, by a reset or in good order; what is returned goes nowhere."""
    transport = request.transport
    if transport is not None:
        if reset:
            sock = transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
        await asyncio.sleep(0)  # the loop tells the protocol of the loss
    return web.Response(status=500)
