"""Takes a port and settings on the command line; runs the server alone, until it is terminated.

The first line on standard output is one JSON object: port, api_url, token and bot_id.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from .server import DiscordServer


async def _run(arguments: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    server = DiscordServer(
        arguments.token, port=arguments.port, limits=arguments.limits, seed=arguments.seed
    )
    async with server:
        hello = {
            "port": server.port,
            "api_url": server.api_url,
            "token": server.token,
            "bot_id": str(server.world.bot.id),
        }
        sys.stdout.write(json.dumps(hello) + "\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.discord_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--token", default="test-token")
    parser.add_argument("--limits", action="store_true", help="enforce Discord's rate limits")
    parser.add_argument("--seed", type=int, default=0, help="of random faults")
    asyncio.run(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
