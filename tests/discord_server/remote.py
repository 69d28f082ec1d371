"""Takes command line arguments; runs the server as a process of its own, and speaks to it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Remote:
    """A server in another process. ``call`` does a verb of ``control.Control``."""

    api_url: str
    token: str
    bot_id: str
    session: aiohttp.ClientSession

    @property
    def gateway_url(self) -> str:
        return self._base.replace("http", "ws", 1) + "/gateway"

    @property
    def _base(self) -> str:
        return self.api_url.removesuffix("/api/v10")

    async def call(self, verb: str, **body: Any) -> Any:
        """The verb's answer; ValueError with the server's reason if it refuses."""
        async with self.session.post(f"{self._base}/_control/{verb}", json=body) as response:
            answer = await response.json()
        if response.status != 200:
            raise ValueError(f"{verb}: {answer['error']}")
        return answer


@asynccontextmanager
async def spawned(*arguments: str) -> AsyncIterator[Remote]:
    """Inside, ``python -m tests.discord_server`` runs with the arguments."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.discord_server",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the process has no output")
        hello = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
        async with aiohttp.ClientSession() as session:
            yield Remote(hello["api_url"], hello["token"], hello["bot_id"], session)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
