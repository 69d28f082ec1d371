"""The door to the disk: an ordinary file inside the library is read, everything else is named."""

from __future__ import annotations

import os
import socket
from contextlib import chdir
from pathlib import Path

import pytest

from digests.files import read_bytes
from digests.frontmatter import MAX_BYTES
from digests.model import Problem


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "library" / "city").mkdir(parents=True)
    (tmp_path / "secret.md").write_bytes(b"secret")
    (tmp_path / "library" / "a.md").write_bytes(b"an article")
    (tmp_path / "library" / "city" / "b.md").write_bytes(b"another")
    return tmp_path / "library"


def code(answer: bytes | Problem) -> str:
    assert isinstance(answer, Problem)
    assert (answer.line, answer.column) == (1, 1)
    return answer.code


def test_a_file_is_read(root: Path) -> None:
    assert read_bytes(root, root / "a.md") == b"an article"
    assert read_bytes(root, root / "city" / "b.md") == b"another"


def test_an_empty_file_is_read(root: Path) -> None:
    (root / "empty.md").touch()
    assert read_bytes(root, root / "empty.md") == b""


def test_relative_folders_work(root: Path) -> None:
    with chdir(root.parent):
        assert read_bytes(Path("library"), Path("library/a.md")) == b"an article"
        assert read_bytes(Path(), Path("secret.md")) == b"secret"
        assert code(read_bytes(Path("library"), Path("secret.md"))) == "outside-library"
    with chdir(root):
        assert read_bytes(Path(), Path("a.md")) == b"an article"
        assert code(read_bytes(Path(), root.parent / "secret.md")) == "outside-library"


def test_the_library_itself_may_be_a_link(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    assert read_bytes(link, link / "a.md") == b"an article"


def test_a_link_inside_the_library_is_followed(root: Path) -> None:
    (root / "link.md").symlink_to(root / "city" / "b.md")
    (root / "town").symlink_to("city")
    assert read_bytes(root, root / "link.md") == b"another"
    assert read_bytes(root, root / "town" / "b.md") == b"another"


@pytest.mark.parametrize("target", ["secret.md", "library/../secret.md"])
def test_a_link_out_of_the_library_is_refused(root: Path, target: str) -> None:
    (root / "link.md").symlink_to(root.parent / target)
    assert code(read_bytes(root, root / "link.md")) == "outside-library"


def test_a_linked_folder_outside_is_refused(root: Path) -> None:
    (root / "up").symlink_to(root.parent)
    assert code(read_bytes(root, root / "up" / "secret.md")) == "outside-library"


def test_a_path_out_of_the_library_is_refused(root: Path) -> None:
    assert code(read_bytes(root, root / ".." / "secret.md")) == "outside-library"
    assert code(read_bytes(root, root.parent / "secret.md")) == "outside-library"


def test_a_folder_that_only_begins_like_the_library_is_outside(root: Path) -> None:
    other = root.parent / "library-2"
    other.mkdir()
    (other / "a.md").touch()
    (root / "link.md").symlink_to(other / "a.md")
    assert code(read_bytes(root, root / "link.md")) == "outside-library"


def test_a_way_up_and_back_stays_inside(root: Path) -> None:
    assert read_bytes(root, root / "city" / ".." / "a.md") == b"an article"


def test_a_device_behind_a_link_is_refused(root: Path) -> None:
    (root / "null.md").symlink_to("/dev/null")
    assert code(read_bytes(root, root / "null.md")) == "outside-library"
    assert code(read_bytes(Path("/dev"), Path("/dev/null"))) == "not-a-file"


def test_a_pipe_is_named_and_never_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.md")
    answer = read_bytes(root, root / "pipe.md")
    assert code(answer) == "not-a-file"
    assert isinstance(answer, Problem)
    assert answer.found == "a pipe"


def test_a_socket_is_named(root: Path) -> None:
    # From inside the folder: a socket's path must be short.
    with chdir(root), socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        answer = read_bytes(root, root / "socket.md")
    assert isinstance(answer, Problem)
    assert answer.found == "a socket"


def test_a_folder_is_named(root: Path) -> None:
    answer = read_bytes(root, root / "city")
    assert code(answer) == "not-a-file"
    assert isinstance(answer, Problem)
    assert answer.found == "a folder"


@pytest.mark.parametrize("name", ["gone.md", "a.md/b.md", "x" * 300 + ".md", "nul\0.md"])
def test_a_file_that_cannot_be_opened_is_named(root: Path, name: str) -> None:
    assert code(read_bytes(root, root / name)) == "unreadable-file"


def test_a_link_to_nothing_and_a_link_to_itself_are_named(root: Path) -> None:
    (root / "nothing.md").symlink_to(root / "gone.md")
    (root / "loop.md").symlink_to(root / "loop.md")
    assert code(read_bytes(root, root / "nothing.md")) == "unreadable-file"
    assert code(read_bytes(root, root / "loop.md")) == "unreadable-file"


def test_a_file_of_just_the_greatest_size_is_read(root: Path) -> None:
    os.truncate(root / "a.md", MAX_BYTES)
    assert read_bytes(root, root / "a.md") == b"an article".ljust(MAX_BYTES, b"\0")


def test_a_larger_file_is_not_read(root: Path) -> None:
    os.truncate(root / "a.md", 2**40)  # sparse: it takes no room
    assert code(read_bytes(root, root / "a.md")) == "too-large"


def test_the_problem_names_the_file_within_the_library(root: Path) -> None:
    answer = read_bytes(root, root / "city" / "gone.md")
    assert isinstance(answer, Problem)
    assert answer.path == "city/gone.md"
    assert str(root) not in repr(answer)
