"""Many rows as one JSON parameter, which the database unpacks itself.

Rows that go one by one through the driver cost several times as much.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
)
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeEngine

from digests.storage.database import Connection


class Unpacked:
    """The rows of the parameter ``rows`` as something to select from; made for one dialect."""

    def __init__(self, dialect: str) -> None:
        self._sqlite = dialect == "sqlite"
        given = bindparam("rows", type_=Text)
        unpack = (
            func.json_each(given) if self._sqlite else func.json_array_elements(cast(given, JSON))
        )
        self.rows: TableValuedAlias = unpack.table_valued(column("value", JSON)).alias("unpacked")

    def text(self, place: int) -> ColumnElement[str]:
        """The text at this place of each row."""
        return self._item(place, Text())

    def number(self, place: int) -> ColumnElement[int]:
        """The integer at this place of each row."""
        return self._item(place, BigInteger())

    def flag(self, place: int) -> ColumnElement[bool]:
        """Whether true is at this place of each row."""
        return self._item(place, Boolean())

    def json_text(self, place: int) -> ColumnElement[object]:
        """The JSON whose text is at this place of each row, as the database stores it."""
        return self._item(place, JSON())

    def moment(self, place: int) -> ColumnElement[datetime]:
        """The moment that ``Moments`` wrote at this place, as the database stores it."""
        return self._item(place, DateTime(timezone=True))

    def _item(self, place: int, kind: TypeEngine[Any]) -> ColumnElement[Any]:
        if self._sqlite:
            # Just as it is: true is 1 there, and JSON and moments are kept as the text they are.
            # SQLAlchemy would read each value as a text first, and every number from that.
            path: ColumnElement[Any] = literal_column(f"'$[{place}]'")
            return func.json_extract(self.rows.c.value, path, type_=kind)
        return cast(self.rows.c.value[place].as_string(), kind)


def packed(rows: Iterable[Sequence[object]]) -> dict[str, str]:
    """Rows as the parameter of a statement over ``Unpacked``."""
    return {"rows": json.dumps(list(rows))}


class Moments:
    """Moments as text for ``Unpacked.moment``; few of many are different."""

    def __init__(self, connection: Connection) -> None:
        # SQLite keeps no zone, and compares moments as texts: each has all its digits.
        self._end = -len("+00:00") if connection.dialect.name == "sqlite" else None

    def text(self, moment: datetime | None) -> str | None:
        """As this database reads it; raises ValueError for a time without a zone."""
        return None if moment is None else _text(moment)[: self._end]


@lru_cache(maxsize=10_000)
def _text(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment!r}")
    return moment.astimezone(UTC).isoformat(" ", "microseconds")
