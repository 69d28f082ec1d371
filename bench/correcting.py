"""A correction and a withdrawal of articles that stand in many channels, in digests of ten.

    python -m bench.correcting
    python -m bench.correcting --channels 60 --only both

Parts, each with the real program in a process of its own against a loopback Discord that enforces
Discord's limits; before each, every channel gets a digest of ten articles:

    both    one article is edited and one withdrawn, at the same moment
    killed  the same, and the program is killed with -9 half-way, and started again
    behind  an article is edited while a new one is being sent to every channel

What is not to happen is counted: messages posted again, cards touched of other articles, and
messages that do not show in the end what the articles say.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.sending import Given, Town, town
from tests.build import write_file
from tests.process import Bot, running_bot

EDITS = {"method": "PATCH", "path": "/channels/*/messages/*"}
CORRECTED, WITHDRAWN = 3, 7
LINE = "*withdrawn by the publisher*"

Message = dict[str, Any]


def main() -> None:
    """Run the parts that were asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--channels", type=int, default=500, help="default: 500")
    options.add_argument("--rate", type=float, default=45.0, help="requests a second (45)")
    options.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    given = options.parse_args()
    for name in given.only.split(","):
        asyncio.run(PARTS[name](Given(given.channels, given.rate, 1)))


# ── channels with digests of ten ─────────────────────────────────────────────────────────────


@dataclass
class Paper:
    """A Discord whose channels all have a digest of ten, and the program that runs there."""

    place: Town
    given: Given
    url: str
    before: dict[str, Message] = field(default_factory=dict)

    @property
    def articles(self) -> Path:
        return self.place.folder / "articles" / "more"

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Bot]:
        settings = self.place.settings(self.url, self.given)
        async with running_bot(self.place.folder, self.place.server, **settings) as bot:
            yield bot

    async def ready(self, times: int = 1) -> None:
        await self.place.server.call("wait_for_bot", timeout=60, times=times)

    async def print_ten(self) -> None:
        """Ten articles appear at once, and every channel gets them in one message."""
        apart = self.place.folder / "more"
        apart.mkdir()
        for number in range(2, 12):
            write_file(apart, number)
        apart.rename(self.articles)
        await self.place.posts(self.given.channels, 60 + 3 * self.given.channels / self.given.rate)
        await asyncio.sleep(3)
        self.before = await self.messages()

    async def messages(self) -> dict[str, Message]:
        """Every message, by id."""
        found: dict[str, Message] = {}
        for _, id_ in self.place.channels:
            answer = await self.place.server.call("messages", channel_id=id_)
            found.update({one["id"]: one for one in answer["messages"]})
        return found

    async def edits(self, n: int) -> list[dict[str, Any]]:
        """The edits that were made, once there are n."""
        timeout = 60 + 3 * self.given.channels / self.given.rate
        found = await self.place.server.call("requests", **EDITS, n=n, timeout=timeout)
        return [one for one in found["requests"] if one["status"] == 200]

    def change(self) -> float:
        """Edit an article and withdraw another; when."""
        write_file(self.articles, CORRECTED, title="A better title")
        write_file(self.articles, WITHDRAWN, published=False)
        return time.monotonic()


@asynccontextmanager
async def paper(given: Given) -> AsyncIterator[Paper]:
    async with town(given.channels) as place:
        url = f"sqlite:///{place.folder}/bench.db"
        await place.promise(url)
        write_file(place.folder / "articles", 1)
        yield Paper(place, given, url)


def wrong(paper: Paper, after: dict[str, Message]) -> str:
    """What should not have happened, counted."""
    again = len(after.keys() - paper.before.keys())
    touched = untrue = 0
    for id_, old in paper.before.items():
        new = after[id_]
        pairs = list(zip(old["embeds"], new["embeds"], strict=True))
        changed = {number for number, (one, other) in enumerate(pairs, 2) if one != other}
        touched += len(changed - {CORRECTED, WITHDRAWN})
        corrected, withdrawn = new["embeds"][CORRECTED - 2], new["embeds"][WITHDRAWN - 2]
        says_so = (
            corrected["title"] == "A better title" and "*corrected" in corrected["description"]
        )
        untrue += not (says_so and withdrawn["description"] == LINE)
        untrue += {k: v for k, v in old.items() if k not in ("embeds", "edited_timestamp")} != {
            k: v for k, v in new.items() if k not in ("embeds", "edited_timestamp")
        }
    return f"{again} posted again, {touched} other cards touched, {untrue} not true in the end"


async def told(name: str, paper: Paper, edits: list[dict[str, Any]], at: float) -> None:
    times = sorted(one["at"] for one in edits)
    summary = await paper.place.server.call("summary")
    rate = (len(times) - 1) / (times[-1] - times[0])
    first, last = times[0] - at, times[-1] - at
    print(
        f"{name:<8} {len(times)} edits, first {first:.2f} s and last {last:.2f} s after saving, "
        f"{rate:.2f}/s ({rate / paper.given.rate:.1%} of the pace), "
        f"{summary['requests'].get('429', 0)} × 429; {wrong(paper, await paper.messages())}",
        flush=True,
    )


# ── the parts ────────────────────────────────────────────────────────────────────────────────


async def both(given: Given) -> None:
    """A correction and a withdrawal at the same moment."""
    async with paper(given) as one, one.bot():
        await one.ready()
        await one.print_ten()
        at = one.change()
        await one.edits(given.channels)
        await asyncio.sleep(3)
        await told("both", one, await one.edits(0), at)


async def killed(given: Given) -> None:
    """The same, killed half-way; the time to start again counts."""
    async with paper(given) as one:
        async with one.bot() as bot:
            await one.ready()
            await one.print_ten()
            at = one.change()
            await one.edits(given.channels // 2)
            await bot.kill()
        first = len(await one.edits(0))
        async with one.bot():
            await one.ready(2)
            await one.edits(given.channels)
            await asyncio.sleep(5)
            edits = await one.edits(0)
        await told("killed", one, edits, at)
    twice = len(edits) - given.channels
    print(f"         killed after {first}; {twice} messages were edited a second time")


async def behind(given: Given) -> None:
    """A correction while new digests are being sent."""
    async with paper(given) as one, one.bot():
        await one.ready()
        await one.print_ten()
        write_file(one.articles, 20)
        await one.place.posts(given.channels + 20, 60)
        at = time.monotonic()
        write_file(one.articles, CORRECTED, title="A better title")
        edits = await one.edits(given.channels)
        posts = await one.place.posts(2 * given.channels, 10)
        times = sorted(post["at"] for post in posts if post["status"] == 200)
        last = times[-1]
        early = sum(edit["at"] < last for edit in edits)
        took = sorted(edit["at"] for edit in edits)[-1] - at
        print(
            f"behind   saved when {sum(post < at for post in times) - given.channels} of "
            f"{given.channels} new messages were out: {early} edits before the last of these, "
            f"the last edit {took:.2f} s after saving; the new messages took "
            f"{last - times[given.channels]:.2f} s",
            flush=True,
        )


PARTS: dict[str, Callable[[Given], Coroutine[Any, Any, None]]] = {
    "both": both,
    "killed": killed,
    "behind": behind,
}

if __name__ == "__main__":
    main()
