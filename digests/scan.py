"""The library folder in, its article files out: name, time and size, nothing read (walks, stats).

Hidden names are left out, and so are links to folders: they may lead out of the library, or round
in circles. A link to a file counts as that file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from digests.model import Problem, Severity
from digests.problems import Kind

ENDINGS = (".md", ".markdown")

KINDS = MappingProxyType(
    {
        "bad-file-name": Kind(
            Severity.ERROR,
            "The name of a file or folder is not UTF-8, so it is passed over.",
            "a name in UTF-8",
            "Rename it.",
        ),
        "unreadable-folder": Kind(
            Severity.ERROR,
            "A folder cannot be looked into; what is known of its articles stays.",
            "a folder that the bot may look into",
            "Check the folder's permissions.",
        ),
    }
)
"""What can be wrong with the folder itself."""

Found = tuple[str, int, int]
"""A file as the folder shows it: path (relative, with forward slashes), mtime in ns, size in bytes.

A plain tuple: there may be a hundred thousand of them, and most are looked at once.
"""


def is_article(name: str) -> bool:
    """Whether a path or a name is one of an article file that is not hidden."""
    if not name.lower().endswith(ENDINGS) or not _is_text(name):
        return False
    return not any(part.startswith(".") for part in name.split("/"))


def look_at(root: Path, path: str) -> Found | None:
    """One file as it is now; None if there is no such file. Anything else than a file counts as
    one: what is wrong with it is for the reader to say.

    Raises OSError if it may not be seen.
    """
    try:
        status = os.lstat(root / path)
        if stat.S_ISLNK(status.st_mode):
            status = _target(root / path, status)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return None if stat.S_ISDIR(status.st_mode) else (path, status.st_mtime_ns, status.st_size)


class Walk:
    """One walk through a folder, once: iterate over it for the files.

    Afterwards ``folders`` holds every folder that was looked into, with its inode, and
    ``unreadable`` those that could not be: what is below them is unknown, not gone. ``problems``
    names those and the files that were passed over.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders: dict[str, int] = {}
        self.unreadable: list[str] = []
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[Found]:
        folders = [("", os.stat(self.root).st_ino)]  # noqa: PTH116 - as the walk itself
        while folders:
            prefix, inode = folders.pop()
            try:
                with os.scandir(self.root / prefix) as entries:
                    self.folders[prefix] = inode
                    for entry in entries:
                        name = entry.name
                        if name[0] == ".":
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            if not _is_text(name):
                                self._note("bad-file-name", prefix + name)
                                continue
                            folders.append((f"{prefix}{name}/", entry.inode()))
                        elif name.endswith(ENDINGS) or name.lower().endswith(ENDINGS):
                            if not _is_text(name):
                                self._note("bad-file-name", prefix + name)
                                continue
                            status = _status(entry)
                            if status is not None:
                                yield prefix + name, status.st_mtime_ns, status.st_size
            except FileNotFoundError:
                pass  # It went while we were walking.
            except OSError as error:
                self._unknown(prefix, error)

    def is_unknown(self, path: str) -> bool:
        """Whether nothing can be said about this path, because its folder cannot be read."""
        return any(path.startswith(folder) for folder in self.unreadable)

    def _unknown(self, prefix: str, error: OSError) -> None:
        self._note("unreadable-folder", prefix or ".", error.strerror or type(error).__name__)
        self.unreadable.append(prefix)

    def _note(self, code: str, path: str, found: str = "") -> None:
        kind = KINDS[code]
        shown = os.fsencode(path).decode(errors="replace")
        self.problems.append(
            Problem(shown, 1, 1, kind.severity, code, found, kind.expected, kind.mend)
        )


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        if entry.is_symlink():
            status = _target(entry.path, entry.stat(follow_symlinks=False))
            return None if stat.S_ISDIR(status.st_mode) else status
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None


def _target(path: str | Path, link: os.stat_result) -> os.stat_result:
    """What a link leads to; the link itself where that is nothing."""
    try:
        return os.stat(path)  # noqa: PTH116 - called for a DirEntry's path as well
    except OSError:
        return link


def _is_text(name: str) -> bool:
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
