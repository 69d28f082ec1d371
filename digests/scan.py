"""The library folder in, its article files out: name, time and size, nothing read (walks, stats).

Hidden names are left out, and so are links to folders: they may lead out of the library, or round
in circles. A link to a file counts as that file.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger(__name__)

ENDINGS = (".md", ".markdown")


Found = tuple[str, int, int]
"""A file as the folder shows it: path (relative, with forward slashes), mtime in ns, size in bytes.

A plain tuple: there may be a hundred thousand of them, and most are looked at once.
"""


def is_article(name: str) -> bool:
    """Whether a path or a name is one of an article file that is not hidden."""
    return name.lower().endswith(ENDINGS) and not any(
        part.startswith(".") for part in name.split("/")
    )


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
    ``unreadable`` those that could not be: what is below them is unknown, not gone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders: dict[str, int] = {}
        self.unreadable: list[str] = []

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
                            folders.append((f"{prefix}{name}/", entry.inode()))
                        elif name.endswith(ENDINGS) or name.lower().endswith(ENDINGS):
                            status = _status(entry, name)
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
        shown = self.root / prefix
        log.warning("cannot look into %s (%s): its articles stay", shown, error.strerror)
        self.unreadable.append(prefix)


def _status(entry: os.DirEntry[str], name: str) -> os.stat_result | None:
    if not name.isascii() and not _is_text(name):
        log.warning("the name of %r is not UTF-8; rename it", entry.path)
        return None
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
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
