"""A table in, an INSERT out that may meet a row that is there already."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from digests.storage.database import Connection

AT_ONCE = {"insertmanyvalues_page_size": 50}
"""Execution options for an INSERT with RETURNING of many rows: fifty go into one statement.

Row by row, SQLite's triggers cost several times as much; statements of many lengths, each
longer, would fill its cache of statements.
"""


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ``on_conflict_…``, which both databases spell alike."""
    if connection.dialect.name == "sqlite":
        return sqlite_insert(table)
    return cast(Insert, postgresql_insert(table))
