"""What docs/performance.md names exists: no figure without the benchmark that gave it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")


def test_the_page_and_the_benchmarks_name_each_other() -> None:
    told = set(re.findall(r"python -m bench\.(\w+)", PAGE))
    runnable = {
        path.stem
        for path in (ROOT / "bench").glob("*.py")
        if "\nif __name__ ==" in path.read_text(encoding="utf-8")
    }
    assert told == runnable
