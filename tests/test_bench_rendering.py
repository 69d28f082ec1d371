"""The benchmark of rendering runs, and measures what it says; how fast is not tested."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_the_benchmark_of_rendering_runs() -> None:
    sizes = ["--editions", "1", "--rounds", "1", "--messages", "20"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.rendering", *sizes],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"[0-9.]+ ms CPU a message", done.stdout)) == 9
    assert len(re.findall(r"-?[0-9]+ bytes a message", done.stdout)) == 2
