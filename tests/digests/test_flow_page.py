"""docs/flow.md says what is so: its examples run, and the tests and modules it names exist."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from digests.reasons import Reason

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")


def test_the_examples_of_the_page_run() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "flow.md", None, 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert len(example.examples) > 30
    assert said == []


def test_every_test_that_the_page_names_exists() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py"))
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 10
    assert {name for name in named if f"def {name}(" not in tests} == set()
    files = set(re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)`", PAGE))
    assert {name for name in files if not list(ROOT.glob(f"tests/**/{name}"))} == set()


def test_every_module_that_the_page_names_exists() -> None:
    named = {name for name in re.findall(r"`(\w+\.py)`", PAGE) if not name.startswith("test_")}
    assert len(named) > 8
    assert {name for name in named if not (ROOT / "digests" / name).exists()} == set()


def test_every_reason_is_on_the_page() -> None:
    assert {reason.value for reason in Reason if f"`{reason.value}`" not in PAGE} == set()
