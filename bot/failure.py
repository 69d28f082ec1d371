"""How a command of the command line ends when it cannot do its job: one line, and an exit code."""

from __future__ import annotations

from typing import IO, Any

import click


class Failure(click.ClickException):
    """It found problems, or failed."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so, on the standard error unless there is a file for it."""
        click.echo(f"digest-bot: {self.message}", file=file, err=True)


class WrongUsage(Failure):
    """It was called, or is set up, in a way that cannot work."""

    exit_code = 2
