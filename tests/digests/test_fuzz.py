"""Broken files by chance: a few of those that ``python -m bench.fuzz`` reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.articles import articles
from bench.fuzz import difference, fuzz, seeds

DEMO = Path(__file__).parents[2] / "bot" / "demo" / "articles"


def test_broken_files_neither_crash_nor_hang_nor_deceive() -> None:
    found = fuzz(seeds([]), 1_500, seed=7)
    assert found.faults == []
    assert found.inputs > 1_600
    assert found.compared > 300


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.md")), ids=lambda path: path.stem[:20])
def test_a_file_of_the_demo_is_what_the_safe_loader_sees(path: Path) -> None:
    assert difference(path.read_bytes()) == ""


def test_generated_files_are_what_the_safe_loader_sees() -> None:
    assert {difference(text.encode()) for _, text in articles(50, seed=2)} == {""}


@pytest.mark.parametrize("front", ["1: x", "a: *b", "a: [x", "- a", "a: 2020-13-01"])
def test_what_only_one_of_them_reads_is_not_compared(front: str) -> None:
    assert difference(f"---\n{front}\n---\n".encode()) is None
