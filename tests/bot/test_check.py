"""``digest-bot check``: every problem of every file, grouped, for people and for machines."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import check
from digests.batch import MANY
from digests.model import Severity
from tests.build import NOW, file_text, write_file
from tests.shelf import write_topic


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "library" / "articles"
    path.mkdir(parents=True)
    return path


def checked(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """The exit code, and what the JSON says."""
    code = check.run(path, None, as_json=True)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, found


def test_good_files_end_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_file(folder, 1)
    write_file(folder, 2, published=False)
    code, found = checked(folder, capsys)
    assert code == 0
    assert (found["files"], found["published"], found["errors"]) == (2, 1, 0)


def test_one_bad_file_hides_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {
        "a.md": "",
        "b.md": "---\ntitle: [\n---\n",
        "c.md": "---\n" + "x: " + "[" * 100,
        "d.md": file_text(1).replace("title", "titel"),
    }.items():
        (folder / name).write_text(text)
    (folder / "e.md").write_bytes(b"\xff\xfe\x00")
    (folder / "f.md").symlink_to("/etc/hostname")
    write_file(folder, 1)
    code, found = checked(folder, capsys)
    assert code == 1
    assert (found["files"], found["published"]) == (7, 1)
    broken = {one["path"] for one in found["problems"] if one["severity"] == Severity.ERROR}
    assert broken == {"a.md", "b.md", "c.md", "d.md", "e.md", "f.md"}


def test_a_file_that_cannot_even_be_named_is_a_problem_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_file(folder, 1)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).touch()
    code, found = checked(folder, capsys)
    (problem,) = [one for one in found["problems"] if one["severity"] == Severity.ERROR]
    assert (problem["path"], problem["code"]) == ("caf\ufffd.md", "bad-file-name")
    assert (code, found["published"]) == (1, 1)


def test_warnings_alone_end_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_file(folder, 1, heat="-1")
    code, found = checked(folder, capsys)
    assert (code, found["errors"]) == (0, 0)
    assert "heat-not-measured" in {one["code"] for one in found["problems"]}


def test_files_with_the_same_link_are_warned_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "new.md").write_text(file_text(1))
    older = f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    (folder / "old.md").write_text(file_text(1, publishedDateTime=older))
    (folder / "draft.md").write_text(file_text(1, published=False))
    code, found = checked(folder, capsys)
    double = [one for one in found["problems"] if one["code"] == "duplicate-link"]
    assert [one["path"] for one in double] == ["old.md"]
    assert (code, found["published"]) == (0, 1)


def test_topic_files_are_checked_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_topic(folder / "_data" / "topics", "Vision", "parent: AL\n")
    code, found = checked(folder, capsys)
    (problem,) = found["problems"]
    assert problem["path"] == "_data/topics/vision.yaml"
    assert (problem["code"], code, found["topics"]) == ("unknown-parent", 0, 1)
    (folder / "_data" / "topics" / "bad.yaml").write_text("name: [")
    assert checked(folder, capsys)[0] == 1


def test_one_file_can_be_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.md").write_text("")
    path = write_file(folder, 1)
    code, found = checked(path, capsys)
    assert (code, found["files"], found["errors"]) == (0, 1, 0)
    code, found = checked(folder / "bad.md", capsys)
    assert (code, found["problems"][0]["path"]) == (1, "bad.md")


def test_people_read_problems_by_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "[b].md").write_text(file_text(1, quality="many", heat="lots"))
    assert check.run(folder, None, as_json=False) == 0
    out = capsys.readouterr().out
    assert out.count("[b].md") == 1
    assert "bad-number: found quality: many; expected" in out
    assert "1 file, 1 published article" in out
    assert "\x1b[" not in out, "colour is for terminals"


def test_many_files_are_checked_in_other_processes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file_text(1)
    for number in range(MANY):
        (folder / f"{number:04}.md").write_text(text.replace("example/1\n", f"example/{number}\n"))
    (folder / "0500.md").write_text("")
    code = check.run(folder, None, as_json=True)
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert (code, found["files"], found["published"]) == (1, MANY, MANY - 1)
    assert shown.err == "", "machines want no progress bar"
    problems = [one["path"] for one in found["problems"]]
    assert problems == sorted(problems)
