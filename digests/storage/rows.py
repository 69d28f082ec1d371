"""A table in, an INSERT out that may meet a row that is there already."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from digests.storage.database import Connection


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ``on_conflict_…``, which both databases spell alike."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Insert:
    """The same, for a statement that is made once for each kind of database."""
    if dialect == "sqlite":
        return sqlite_insert(table)
    return cast(Insert, postgresql_insert(table))
