"""Every request to Discord passes here: paced before it leaves, learned from when it is answered.

The hooks of aiohttp see each single try, also those that discord.py repeats by itself. Requests
without the bot's token (answers to interactions) are outside its limits and never wait.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import discord

from bot.outcomes import TURNED_AWAY
from bot.pace import Pace, Rank

log = logging.getLogger(__name__)

WINDOW = 600.0
"""Seconds over which Discord counts invalid requests: 10,000 cut the address off."""

MOST_INVALID = 1000
AFTER_A_LIMIT = 0.2
"""Seconds added to what Discord asks for, to get away from the edge of its limit."""

CUT_OFF = 600.0
"""Seconds without sending after an answer that came from in front of Discord."""

AT_THE_DOOR = "Discord's front door turns this address away"


class Budget:
    """Invalid requests (401, 403, 429) of the last ten minutes; too many, and sending stops.

    It goes on by itself when half of them are ten minutes old. ``monotonic`` is in seconds.
    """

    def __init__(self, monotonic: Callable[[], float], most: int = MOST_INVALID) -> None:
        self.most = most
        self.because: str | None = None
        self._monotonic = monotonic
        self._times: deque[float] = deque()
        self._stopped_until = 0.0

    @property
    def spent(self) -> int:
        """Invalid requests in the last ten minutes."""
        while self._times and self._times[0] <= self._monotonic() - WINDOW:
            self._times.popleft()
        return len(self._times)

    @property
    def stopped_for(self) -> float:
        """Seconds until sending may go on; 0 when it may."""
        left = self._stopped_until - self._monotonic()
        if left <= 0 and self.because is not None:
            log.warning("sending goes on: %s is over", self.because)
            self.because = None
        return max(0.0, left)

    @property
    def probes(self) -> int:
        """How many requests that are likely to be refused are affordable now."""
        return max(0, self.most // 4 - self.spent) if self.stopped_for == 0 else 0

    def note(self) -> None:
        """One more invalid request."""
        self._times.append(self._monotonic())
        if self.spent >= self.most and self.stopped_for == 0:
            until = self._times[self.most // 2] + WINDOW
            self.stop(
                until - self._monotonic(),
                f"{self.most} refused requests in ten minutes (Discord cuts off at 10,000)",
            )

    def stop(self, seconds: float, because: str) -> None:
        """Send nothing for so long."""
        if self.because == because and self.stopped_for > seconds - 60:
            return  # said already; requests that were under way end the same way
        self._stopped_until = max(self._stopped_until, self._monotonic() + seconds)
        self.because = because
        log.error("sending stops for %.0f seconds: %s; nothing is lost", seconds, because)


class ServerTrouble(Exception):
    """Discord failed on a request (5xx); what became of it is unknown."""


ENDS = (
    discord.DiscordException,
    ServerTrouble,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
)
"""How a request can end other than well; discord.py does not wrap those of aiohttp."""


@dataclass(slots=True)
class Attempt:
    """What is known of a message on its way.

    ``posting`` while the request that posts it is under way; ``in_doubt`` from when it left until
    an answer says that it was refused: it may be there. ``rank`` is that of its requests.
    """

    rank: Rank = Rank.SEND
    posting: bool = False
    in_doubt: bool = False


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextmanager
def attempting(rank: Rank = Rank.SEND) -> Iterator[Attempt]:
    """Requests inside belong to one message: they wait behind those that people wait for."""
    attempt = Attempt(rank)
    token = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(token)


class Traffic:
    """The hooks around each request."""

    def __init__(self, pace: Pace, budget: Budget) -> None:
        self.pace = pace
        self.budget = budget

    def trace(self) -> aiohttp.TraceConfig:
        """What aiohttp calls."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._before)
        trace.on_request_end.append(self._answered)
        return trace

    async def _before(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        asked: aiohttp.TraceRequestStartParams,
    ) -> None:
        if "Authorization" not in asked.headers:
            return
        attempt = _attempt.get()
        await self.pace.turn(Rank.URGENT if attempt is None else attempt.rank)
        if attempt is not None and attempt.posting:
            attempt.in_doubt = True

    async def _answered(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        answered: aiohttp.TraceRequestEndParams,
    ) -> None:
        response = answered.response
        status, headers = response.status, response.headers
        scope = headers.get("X-RateLimit-Scope")
        if status in (401, 403) or (status == 429 and scope != "shared"):
            self.budget.note()
        if status == 429:
            await self._slow_down(response, scope)
        elif status == 403 and await turned_away(response):
            self.budget.stop(CUT_OFF, AT_THE_DOOR)
        attempt = _attempt.get()
        if attempt is None:
            return
        if status >= 500:
            # discord.py would try again for 25 seconds; the relay knows better when.
            raise ServerTrouble(f"HTTP {status}")
        if status >= 400:
            attempt.in_doubt = False

    async def _slow_down(self, response: aiohttp.ClientResponse, scope: str | None) -> None:
        if "Via" not in response.headers:
            self.budget.stop(CUT_OFF, AT_THE_DOOR)
        elif scope == "global":
            # The header says whole seconds, and has been seen wrong; the body is exact.
            try:
                seconds = float((await response.json(content_type=None))["retry_after"])
            except (ValueError, KeyError, TypeError):
                seconds = 1.0
            seconds += AFTER_A_LIMIT
            log.warning("Discord slows the whole bot down for %g seconds", seconds)
            await self.pace.hold(seconds)


async def turned_away(response: aiohttp.ClientResponse) -> bool:
    """Whether a 403 is not Discord's own, or says that the program itself is not wanted."""
    try:
        return bool((await response.json(content_type=None))["code"] == TURNED_AWAY)
    except (ValueError, KeyError, TypeError):
        return True  # Discord itself always answers in JSON, and with a code.
