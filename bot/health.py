"""A running program in; ``/healthz``, ``/readyz`` and ``/metrics`` on 127.0.0.1 out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from digests.errors import DigestError
from digests.model import State
from digests.service import DigestService

HOST = "127.0.0.1"

GAUGES = {
    "sends_under_way": "Messages being sent by this process",
    "edits_under_way": "Messages being edited by this process",
    "requests_waiting": "Requests of this process that wait for their turn",
    "invalid_requests": "Refused requests (401, 403, 429) of this process in ten minutes",
    "sending_stopped": "1 while this process sends nothing, to keep within Discord's limits",
}


_STORED = (
    ("articles", "Published articles"),
    ("destinations", "Destinations"),
    ("edits", "Posted messages that do not show yet what their articles say"),
)


@dataclass(frozen=True, slots=True)
class Health:
    """What the answers are made from; ``alive`` and ``ready`` are asked at every request."""

    service: DigestService
    alive: Callable[[], bool]
    ready: Callable[[], bool]
    more: Callable[[], Mapping[str, float]] = dict

    async def healthz(self, _: web.Request) -> web.Response:
        """Whether the loops still turn; if not, restart the program."""
        return _answer(self.alive())

    async def readyz(self, _: web.Request) -> web.Response:
        """Whether the library is indexed and Discord is connected."""
        return _answer(self.alive() and self.ready())

    async def metrics(self, _: web.Request) -> web.Response:
        """Numbers for Prometheus."""
        registry = CollectorRegistry()
        found = await self.service.status()
        deliveries = Gauge(
            "digest_bot_deliveries", "Messages by state", ["state"], registry=registry
        )
        for state in State:
            deliveries.labels(state.value).set(found[state.value])
        for name, help_ in _STORED:
            Gauge(f"digest_bot_{name}", help_, registry=registry).set(found[name])
        Gauge("digest_bot_ready", "1 if indexed and connected", registry=registry).set(self.ready())
        for name, value in self.more().items():
            Gauge(f"digest_bot_{name}", GAUGES[name], registry=registry).set(value)
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )


class PortTaken(DigestError):
    """Somebody else listens on the port for health and metrics."""


def _answer(well: bool) -> web.Response:
    return web.Response(text="ok\n" if well else "not ok\n", status=200 if well else 503)


@asynccontextmanager
async def served(health: Health, port: int) -> AsyncIterator[None]:
    """Answer on a port of this machine only, until the block ends; PortTaken if it cannot."""
    site = web.Application()
    site.router.add_get("/healthz", health.healthz)
    site.router.add_get("/readyz", health.readyz)
    site.router.add_get("/metrics", health.metrics)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            raise PortTaken(
                f"HEALTH_PORT: port {port} cannot be used ({error.strerror}). "
                "Choose another, or end what listens there."
            ) from error
        yield
    finally:
        await runner.cleanup()
