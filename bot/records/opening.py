"""The register with all that it needs, opened for one command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.registry import Registry
from bot.secrets.opening import open_secrets
from bot.secrets.sealing import Secrets
from bot.settings import Settings
from bot.store.database import open_database
from policy_kb.regions import Regions, load_regions


@dataclass(frozen=True)
class OpenRecords:
    """A database, its secrets, and the register in it."""

    engine: AsyncEngine
    secrets: Secrets
    regions: Regions

    @property
    def registry(self) -> Registry:
        """The register."""
        return Registry(self.engine, self.secrets, self.regions)


@asynccontextmanager
async def open_records(settings: Settings) -> AsyncIterator[OpenRecords]:
    """The register of these settings' database, to the end of the block. Raises StartFailed, WrongKey."""
    engine = await open_database(settings.database_url)
    try:
        yield OpenRecords(engine, await open_secrets(engine, settings), load_regions())
    finally:
        await engine.dispose()
