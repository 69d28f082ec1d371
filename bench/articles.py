"""A number in, a library of that many made-up articles on disk out: the same ones every time.

Each file has the shape that newsrooms' files have: about forty lines of front matter with texts,
links, a picture, two or three related articles and one long opaque value; 3 to 6 kB.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

NEWEST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
YEARS = 3
A_FOLDER = 2_000
"""Files in one folder."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TOPICS = (
    *("AI", "Computer Vision", "Robotics", "AI in Healthcare", "Climate", "Space", "Chips"),
    *("Transport", "Energy", "Oceans", "Language", "Medicine", "Privacy", "Cities", "Farming"),
    *("Materials", "Quantum", "Games", "Music", "Schools", "Courts", "Water", "Forests", "Wind"),
)
_VARIANTS = (str, str, str, str, str.lower, str.upper)
_PLACES = _words("Harbour Ridge Meadow Copper Willow Granite Lantern Orchard Falcon Juniper Delta")
_PAPERS = _words("Courier Ledger Gazette Observer Dispatch Herald Weekly Bulletin Tribune Review")
_WORDS = _words(
    "a the of in to and for with from that their its new old first small large quiet bright "
    "river engine garden signal harvest bridge camera doctor teacher village council satellite "
    "robot sensor battery market winter summer morning lesson answer question number picture "
    "letter window machine pilot student farmer driver nurse museum library theatre station "
    "learns builds finds counts measures repairs opens closes draws writes sings carries plans "
    "watches sorts cleans paints moves lifts keeps leaves brings sends slowly quickly carefully "
    "together again nearby upstream at last by hand every week before noon after dark in spring"
)


def write_library(folder: Path, count: int, *, seed: int = 1) -> None:
    """Write ``count`` articles into folders of 2,000 below ``folder``."""
    for index, (name, text) in enumerate(articles(count, seed=seed)):
        shelf = folder / f"{index // A_FOLDER:04}"
        if index % A_FOLDER == 0:
            shelf.mkdir(parents=True, exist_ok=True)
        (shelf / name).write_text(text, encoding="utf-8")


def articles(count: int, *, seed: int = 1) -> Iterator[tuple[str, str]]:
    """The name and the text of each file, the oldest article first."""
    step = timedelta(days=365 * YEARS) / max(count, 1)
    for index in range(count):
        made = random.Random(seed * 1_000_003 + index)  # noqa: S311 - words, not secrets
        when = NEWEST - (count - 1 - index) * step
        yield f"{when:%Y-%m-%d}-{_slug(made, 5)}-{index}.md", article(made, index, when)


def article(made: random.Random, index: int, when: datetime) -> str:
    """The text of one file."""
    title, host, paper = _title(made), *_provider(made)
    address = f"https://{host}/news/{_slug(made, 4)}-{index}"
    labels = dict.fromkeys(made.choice(_VARIANTS)(one) for one in made.sample(TOPICS, 2))
    lines = [
        "---",
        "category: news",
        f'title: "{title}"',
        f'excerpt: "{_sentences(made, 350)}"',
        f"publishedDateTime: {_moment(when)}",
        *_links(address, host),
        "type: article",
        f"quality: {made.randrange(100)}",
        f"heat: {made.choice([-1, -1, made.randrange(300)])}",
        f"published: {'false' if made.random() < 0.05 else 'true'}",
        "",
        "provider:",
        f"  name: {paper}",
        f"  domain: {host}",
        "",
        "topics:",
        *(f"  - {label}" for label in labels),
        "",
        "images:",
        f'  - url: "https://pictures.{host}/{when:%Y/%m}/{_slug(made, 3)}.jpg"',
        "    width: 1200",
        "    height: 675",
        f'    title: "{title}"',
        "",
        "related:",
    ]
    for number in range(made.choice([2, 2, 3, 4])):
        lines += _related(made, when - timedelta(hours=made.randrange(1, 400)), number)
    secret = base64.b64encode(made.randbytes(300)).decode()
    return "\n".join([*lines, "", f'secured: "{secret}"', "---", "", _sentences(made, 200), ""])


def _related(made: random.Random, when: datetime, number: int) -> list[str]:
    host, paper = _provider(made)
    lines = [
        f'  - title: "{_title(made)}"',
        f'    excerpt: "{_sentences(made, 260)}"',
        f"    publishedDateTime: {_moment(when)}",
        *(f"    {line}" for line in _links(f"https://{host}/{_slug(made, 5)}", host)),
        "    type: article",
        "    provider:",
        f"      name: {paper}",
        f"      domain: {host}",
        f"    quality: {made.randrange(100)}",
    ]
    if number == 0:
        lines += [
            "    images:",
            f'      - url: "https://pictures.{host}/{_slug(made, 3)}.png"',
            "        width: 1200",
            "        height: 900",
        ]
    return lines


def _links(address: str, host: str) -> list[str]:
    cached = f"https://{host.replace('.', '-')}.cache.example/c/s/{address[8:]}/amp"
    return [f'webUrl: "{address}"', f'ampWebUrl: "{address}/amp"', f'cdnAmpWebUrl: "{cached}"']


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _provider(made: random.Random) -> tuple[str, str]:
    place, paper = made.choice(_PLACES), made.choice(_PAPERS)
    return f"{place.lower()}-{paper.lower()}.example", f"{place} {paper}"


def _slug(made: random.Random, count: int) -> str:
    return "-".join(made.choices(_WORDS, k=count))


def _title(made: random.Random) -> str:
    return " ".join(made.choices(_WORDS, k=made.randrange(7, 13))).capitalize()


def _sentences(made: random.Random, characters: int) -> str:
    words: list[str] = []
    length = 0
    while length < characters:
        sentence = made.choices(_WORDS, k=made.randrange(8, 16))
        sentence[0] = sentence[0].capitalize()
        sentence[-1] += made.choice([".", ".", ".", " — and why it matters.", "?"])
        words += sentence
        length += sum(map(len, sentence)) + len(sentence)
    return " ".join(words)
