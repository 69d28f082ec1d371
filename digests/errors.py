"""Every error the domain raises on purpose.

DigestError
├── UnknownTopic      a topic that no published article carries
├── BadTime           a time of day, cadence or zone that cannot be understood
├── NoDrafts          a destination that is told instantly, and is to be reviewed
├── TooManyPins       more pinned articles than a draft takes
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
    """The database has the shape of another version of the program."""


class StorageClosed(DigestError):
    """The database cannot be opened."""


class NoDrafts(DigestError):
    """A destination that is told instantly: there is no time before its editions."""


class TooManyPins(DigestError):
    """So many articles are pinned that a further one would be no order any more."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"{most} articles are pinned, and that is the most.")
