"""The only SQL: domain values in, rows on disk, domain values out.

Every function takes an open connection; the caller owns the transaction.
"""

from sqlalchemy.exc import SQLAlchemyError as StorageError

from digests.storage.database import Connection, Database, open_database

__all__ = ["Connection", "Database", "StorageError", "open_database"]
