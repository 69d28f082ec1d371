"""Run by Alembic: migrates the connection that the program already holds open."""

from alembic import context
from sqlalchemy import Connection

from digests.storage.schema import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
