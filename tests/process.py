"""The bot as a process of its own, as whoever runs it starts it; to be killed at will."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.discord_server.connection import Place

ROOT = Path(__file__).parents[1]


class Bot:
    """A running ``digest-bot run``. What it logged is in ``log``."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self.log = log

    async def kill(self) -> None:
        """End it without a chance to do anything."""
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    async def stop(self) -> int:
        """Ask it to end; its exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit code."""
        return await self._process.wait()


@asynccontextmanager
async def running_bot(
    folder: Path, server: Place, *, log_name: str = "bot.log", **settings: str
) -> AsyncIterator[Bot]:
    """Start the bot in a folder, talking to a loopback Discord, with coverage of nothing else."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": server.token,
        "DISCORD_API_URL": server.api_url,
        "LOG_LEVEL": "DEBUG",
        **settings,
    }
    log = folder / log_name
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=folder,
            env=environ,
            stderr=output,
            stdout=output,
        )
    bot = Bot(process, log)
    try:
        yield bot
    finally:
        await bot.stop()
