"""In: the library folder and a path in it. Out: the file's bytes, or the problem with the file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from digests.frontmatter import MAX_BYTES
from digests.model import Problem
from digests.problems import problem

# Never wait for a pipe's other end, never follow a link that appeared after the check.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_HERE = Path()


def read_bytes(root: Path, path: Path) -> bytes | Problem:
    """Read the ordinary file ``path``, at most 1 MiB; ``path`` begins with ``root``.

    Links are followed inside ``root`` only. Whatever is wrong is a ``Problem`` whose path is
    relative to ``root`` with forward slashes; nothing is raised.
    """
    below = _below(root, path)
    name = below or path.as_posix()
    try:
        real = _real(root, path, below)
        if real is None:
            return problem("outside-library", name)
        # Before opening as well: to open a device can do something.
        kind = _kind(os.lstat(real).st_mode)
        if kind is not None:
            return problem("not-a-file", name, found=kind)
        return _read(real, name)
    except OSError as fault:
        return problem("unreadable-file", name, found=fault.strerror or type(fault).__name__)
    except ValueError as fault:  # a NUL in the path
        return problem("unreadable-file", name, found=str(fault))


def _below(root: Path, path: Path) -> str | None:
    """``path`` as seen from ``root``, with forward slashes; None where it is not below it."""
    # Text, not relative_to: several times faster, and this runs for every file of a library.
    text, start = path.as_posix(), "" if root == _HERE else root.as_posix().rstrip("/") + "/"
    return text[len(start) :] if text.startswith(start) and (start or not path.root) else None


def _real(root: Path, path: Path, below: str | None) -> str | None:
    """``path`` without links below ``root``; None where it leads out.

    Only a path that holds a link is resolved: to resolve every one would cost as much as to read
    the articles.
    """
    step = str(root)
    for part in [".."] if below is None else below.split("/"):
        step += "/" + part
        if part == ".." or stat.S_ISLNK(os.lstat(step).st_mode):
            real = Path(os.path.realpath(path, strict=True))
            return str(real) if real.is_relative_to(os.path.realpath(root)) else None
    return step


def _read(real: str, name: str) -> bytes | Problem:
    with os.fdopen(os.open(real, _FLAGS), "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        kind = _kind(status.st_mode)
        if kind is not None:
            return problem("not-a-file", name, found=kind)
        if status.st_size > MAX_BYTES:
            return problem("too-large", name, found=f"{status.st_size:,} bytes")
        return file.read(status.st_size)


def _kind(mode: int) -> str | None:
    """What it is instead of an ordinary file, or None."""
    if stat.S_ISREG(mode):
        return None
    for is_kind, kind in (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISLNK, "a link"),
    ):
        if is_kind(mode):
            return kind
    return "a device"
