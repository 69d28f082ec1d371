"""Article files in, many broken forms of them through the reader: no crash, no hang, no lie.

Each input is a file with something cut, doubled, mixed with another or put in. The reader must end,
soon, with an article or an error; and what it takes for sound must be what PyYAML's safe loader
sees, whichever of its two ways it goes. ``python -m bench.fuzz FOLDER --inputs 100000`` adds one's
own files.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

import yaml
from yaml import ScalarEvent, ScalarNode

from bench.articles import articles
from digests.articles import SECURED, read_article
from digests.frontmatter import GuardedHandler, Node, Null, Scalar, YamlList, YamlMap
from digests.model import Severity
from digests.problems import Report

ROOT = Path(__file__).parents[1]
GENERATED = 50
LONGEST = 20.0
"""Seconds after which an input counts as one that hangs."""

PIECES: Sequence[bytes] = (
    *(b"[", b"]", b"{", b"}", b": ", b"- ", b"? ", b"&a ", b"*a", b"!x ", b"!!str ", b"<<: *a"),
    *(b"'", b'"', b"|\n", b">-\n", b"#", b"%", b"@", b"`", b"\t", b"\\", b"---\n", b"...\n"),
    *(b"\0", b"\x1b", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\xe2\x80\xa8"),
    *(b"published: ", b"removed: true\n", b"secured: ", b"title: ", b"webUrl: /a\n", b"null"),
    *(b"1e999", b"0x1F", b"1:30:00", b"2020-02-30", b"-1", b"~", b"https://", b"javascript:"),
)


@dataclass
class Findings:
    """What came of it. ``faults`` are sentences; there should be none."""

    inputs: int = 0
    compared: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def seeds(folders: Sequence[Path]) -> list[bytes]:
    """The files to begin with: the folders', the demo's, the tests' bad ones, and made-up ones."""
    own = [ROOT / "bot" / "demo" / "articles", ROOT / "tests" / "digests" / "bad_files"]
    found = [path.read_bytes() for one in (*own, *folders) for path in sorted(one.rglob("*.md"))]
    return found + [text.encode() for _, text in articles(GENERATED)]


def fuzz(files: Sequence[bytes], inputs: int, *, seed: int = 1) -> Findings:
    """Read every file, and so many broken ones; the same ones every time."""
    made = random.Random(seed)  # noqa: S311 - chance, not secrets
    found = Findings()
    for data in files:
        _look(data, found)
    for _ in range(inputs):
        data = made.choice(files)
        for _ in range(made.randint(1, 4)):
            data = made.choice(CHANGES)(data, made, files)
        _look(data, found)
    faulthandler.cancel_dump_traceback_later()
    return found


def _look(data: bytes, found: Findings) -> None:
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    began = time.perf_counter()
    found.inputs += 1
    try:
        reading = read_article(data, "fuzz.md")
        found.slowest = max(found.slowest, time.perf_counter() - began)
        errors = tuple(one for one in reading.problems if one.severity is Severity.ERROR)
        if bool(errors) is not (reading.article is None):
            found.faults.append(f"article and errors contradict each other: {data!r}")
        if read_article(data, "fuzz.md", warnings=False) != replace(reading, problems=errors):
            found.faults.append(f"another article without warnings: {data!r}")
        if (told := difference(data)) is not None:
            found.compared += 1
            if told:
                found.faults.append(f"{told}: {data!r}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        found.faults.append(f"{error!r}: {data!r}")


# ── what the safe loader sees ────────────────────────────────────────────────────────────────


def difference(data: bytes) -> str | None:
    """What the reader sees otherwise than the safe loader; empty if nothing.

    None where they cannot be compared: one of them finds the front matter at fault, or a key is no
    text, which articles cannot have.
    """
    report = Report("fuzz.md")
    handler = GuardedHandler(report, SECURED)
    try:
        front, _ = handler.split(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
        tree = handler.load(front)
        if report.problems() or '"<<"' in front or "'<<'" in front:
            return None
        loaded = yaml.load(front, yaml.CSafeLoader) or {}
        seen = _value(YamlMap(0, tree), yaml.SafeLoader(""))
    except (ValueError, yaml.YAMLError, OverflowError):
        return None
    if not isinstance(loaded, dict) or not _keys_are_texts(loaded):
        return None
    theirs = repr(_without_opaque(loaded))
    return "" if repr(seen) == theirs else f"{seen!r} instead of {theirs}"


def _value(node: Node, loader: yaml.SafeLoader) -> Any:
    if isinstance(node, YamlMap):
        entries = sorted(node.entries.items(), key=itemgetter(0))
        return {key: _value(one, loader) for key, one in entries if key not in SECURED}
    if isinstance(node, YamlList):
        return [_value(one, loader) for one in node.items]
    event = cast("Scalar | Null", node).event
    assert event is not None  # whole trees come from the parser
    tag = event.tag if event.tag not in (None, "!") else _resolved(event, loader)
    return loader.construct_object(ScalarNode(tag, event.value))


def _resolved(event: ScalarEvent, loader: yaml.SafeLoader) -> str:
    tag: str = loader.resolve(ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]  # PyYAML has no types
    return tag


def _without_opaque(value: Any) -> Any:
    if isinstance(value, dict):
        entries = sorted(value.items())
        return {key: _without_opaque(one) for key, one in entries if key not in SECURED}
    return [_without_opaque(one) for one in value] if isinstance(value, list) else value


def _keys_are_texts(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _keys_are_texts(one) for key, one in value.items())
    return all(map(_keys_are_texts, value)) if isinstance(value, list) else True


# ── what may befall a file ───────────────────────────────────────────────────────────────────

Change = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


def _span(data: bytes, made: random.Random) -> tuple[int, int]:
    start = made.randint(0, len(data))
    return start, min(len(data), start + int(made.expovariate(1 / 40)))


def _cut(data: bytes, made: random.Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(data, made)
    return data[:start] + data[end:]


def _double(data: bytes, made: random.Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(data, made)
    return data[:end] + data[start:end] + data[end:]


def _mix(data: bytes, made: random.Random, files: Sequence[bytes]) -> bytes:
    other = made.choice(files)
    start, end = _span(other, made)
    at = made.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


def _put_in(data: bytes, made: random.Random, _: Sequence[bytes]) -> bytes:
    at = made.randint(0, len(data))
    often = made.choice((1, 1, 1, 2, 30, 1000))
    return data[:at] + made.choice(PIECES) * often + data[at:]


def _flip(data: bytes, made: random.Random, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = made.randrange(len(data))
    return data[:at] + bytes([made.randrange(256)]) + data[at + 1 :]


def _swap_lines(data: bytes, made: random.Random, _: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) > 1:
        one, other = made.randrange(len(lines)), made.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


CHANGES: Sequence[Change] = (_cut, _double, _mix, _put_in, _put_in, _flip, _swap_lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of article files to add")
    parser.add_argument("--inputs", type=int, default=20_000, help="broken files (20,000)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _lines(found: Findings) -> Iterator[str]:
    yield f"{found.inputs:,} inputs read, the slowest in {found.slowest * 1000:.0f} ms"
    yield f"{found.compared:,} compared with the safe loader"
    yield f"{len(found.faults):,} faults"
    yield from (one[:500] for one in found.faults[:20])


def main() -> int:
    """Do it, and say what was found."""
    chosen = _arguments()
    found = fuzz(seeds(chosen.folders), chosen.inputs, seed=chosen.seed)
    print("\n".join(_lines(found)))
    return 1 if found.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
