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


def read_bytes(root: Path, path: Path) -> bytes | Problem:
    """Read the ordinary file ``path``, at most 1 MiB; ``path`` begins with ``root``.

    Links are followed inside ``root`` only. Whatever is wrong is a ``Problem`` whose path is
    relative to ``root`` with forward slashes; nothing is raised.
    """
    name = _shown(root, path)
    try:
        real = _real(root, path)
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


def _real(root: Path, path: Path) -> str | None:
    """``path`` without links below ``root``; None where it leads out.

    Only a path that holds a link is resolved: to resolve every one would cost as much as to read
    the articles.
    """
    step = str(root)
    for part in path.relative_to(root).parts if path.is_relative_to(root) else [".."]:
        step += os.sep + part
        if part == ".." or stat.S_ISLNK(os.lstat(step).st_mode):
            real = Path(os.path.realpath(path, strict=True))
            return str(real) if real.is_relative_to(os.path.realpath(root)) else None
    return step


def _read(real: str, name: str) -> bytes | Problem:
    with os.fdopen(os.open(real, _FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        kind = _kind(status.st_mode)
        if kind is not None:
            return problem("not-a-file", name, found=kind)
        if status.st_size > MAX_BYTES:
            return problem("too-large", name, found=f"{status.st_size:,} bytes")
        data = file.read(MAX_BYTES + 1)  # one more: it may have grown
    if len(data) > MAX_BYTES:
        return problem("too-large", name, found=f"more than {MAX_BYTES:,} bytes")
    return data


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


def _shown(root: Path, path: Path) -> str:
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
