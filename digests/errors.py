"""Every error the domain raises on purpose.

DigestError
├── UnknownTopic      a topic that no published article carries
├── BadTime           a time of day, cadence or zone that cannot be understood
├── StorageBusy       the database belongs to another process
└── SchemaMismatch    the database was written by a newer version

What a person typed wrong is an error whose text is fit to show them; what befalls a delivery is
an outcome value (``digests.outcomes``), not an error.
"""

from collections.abc import Sequence


class DigestError(Exception):
    """Something in the request cannot be done; the text says what, and what to do.

    ``key`` and ``values`` say the same to a program that words it in another language. Without a
    key the text is meant for its reader as it is.
    """

    def __init__(self, text: str = "", key: str = "", **values: str | int) -> None:
        super().__init__(text)
        self.key = key
        self.values = values


class UnknownTopic(DigestError):
    """No published article carries this topic."""

    def __init__(self, asked: str, nearest: Sequence[str] = ()) -> None:
        self.asked = asked
        self.nearest = tuple(nearest)
        super().__init__(f"There is no topic “{asked}”.")


class BadTime(DigestError):
    """A time of day, cadence or time zone that cannot be understood."""


class StorageBusy(DigestError):
    """The database file is in use by another process."""


class SchemaMismatch(DigestError):
    """The database was written by a newer version of the program."""
