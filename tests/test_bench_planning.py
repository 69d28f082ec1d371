"""The benchmark of planning runs, and measures what it says; how fast is not tested."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_the_benchmark_of_planning_runs() -> None:
    sizes = ["--destinations", "120", "--articles", "40", "--topics", "20", "--sample", "3"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.planning", *sizes],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "120 destinations due at once, 40 new articles: 120 deliveries" in done.stdout
    figures = re.findall(r"^(.+?)  +[0-9.]+ (?:µs|ms|MB)", done.stdout, re.MULTILINE)
    assert len(figures) == 9
