"""What only one process may do: the file lock of SQLite, the lead on PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from digests.errors import StorageBusy
from digests.storage import Database, open_database
from digests.storage.locks import leading, sole_process


def test_one_file_takes_one_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/test.db"
    with sole_process(url):
        with pytest.raises(StorageBusy, match="Another digest-bot is running"), sole_process(url):
            pass
        with sole_process(f"sqlite:///{tmp_path}/other.db"):
            pass
    with sole_process(url):
        pass


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://user:password@host/name"])
def test_other_databases_take_any_number(url: str) -> None:
    with sole_process(url), sole_process(url):
        pass


async def test_one_leads_and_the_next_takes_over(database: Database, database_url: str) -> None:
    """On SQLite whoever runs is alone and leads; on PostgreSQL the second waits its turn."""
    other = open_database(database_url)

    async def second() -> None:
        async with leading(other, "gateway", retry=0.05):
            pass

    async with AsyncExitStack() as first:
        await first.enter_async_context(leading(database, "gateway"))
        waiting = asyncio.create_task(second())
        async with leading(other, "something else"):
            pass
        done, _ = await asyncio.wait({waiting}, timeout=0.3)
        assert bool(done) == database.embedded
    async with asyncio.timeout(10):
        await waiting
    await other.close()


@pytest.mark.parametrize("server_url", ["postgresql"], indirect=True)
async def test_a_lead_whose_session_is_cut_is_taken_again_or_lost(
    database: Database, database_url: str
) -> None:
    from sqlalchemy import text  # noqa: PLC0415 - only here, to play the server's administrator

    other = open_database(database_url)
    async with leading(database, "gateway", check=0.05, retry=0.05) as lead:
        lost = asyncio.create_task(lead.lost())
        async with other.write() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )
        async with asyncio.timeout(20), leading(other, "gateway", retry=0.01):
            await lost
    await other.close()
