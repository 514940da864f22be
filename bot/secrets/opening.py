"""Opening a database's secrets: the key is held against the one the database was begun with, before anything is read."""

from __future__ import annotations

import hmac
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import WrongKey
from bot.secrets.key import KEPT, found_key, made_key
from bot.secrets.sealing import Secrets
from bot.settings import Settings
from bot.store.tables.records import KeyCheckRow

ROW = 1


async def open_secrets(engine: AsyncEngine, settings: Settings, kept: Path = KEPT) -> Secrets:
    """The secrets of this database. Raises WrongKey where the key is missing, another's, or half exchanged."""
    row = await key_check(engine)
    key = found_key(settings.secret_key, kept)
    if key is None:
        if row is not None:
            raise WrongKey(
                f"this database was begun with a secret key that is not here; set CANBAO_SECRET_KEY or put back {kept}"
            )
        key = made_key(kept)
    secrets = Secrets(key)
    if row is None:
        row = await _begin(engine, secrets)
    refuse_other(row, secrets)
    return secrets


async def key_check(engine: AsyncEngine) -> KeyCheckRow | None:
    """The row that tells which key the database is under."""
    async with AsyncSession(engine) as session:
        return await session.get(KeyCheckRow, ROW)


def refuse_other(row: KeyCheckRow, secrets: Secrets) -> None:
    """Refuses a key that is not the database's, and any key while a rotation is unfinished. Raises WrongKey."""
    if row.rotating_to is not None:
        raise WrongKey(
            "the secret key is being exchanged and that did not end; run `canbao records rotate-key` again, "
            "with both keys as then"
        )
    if not hmac.compare_digest(row.check, check_of(secrets)):
        raise WrongKey(
            f"the secret key ({secrets.key_id.hex()}) is not that of this database ({row.key_id}); set CANBAO_SECRET_KEY "
            "to the key it was begun with, or go from one key to the other by `canbao records rotate-key`"
        )


def check_of(secrets: Secrets) -> str:
    """What a database keeps to know a key by."""
    return secrets.find_key("canbao", "key_check.check").hex()


async def _begin(engine: AsyncEngine, secrets: Secrets) -> KeyCheckRow:
    """Notes the key of a new database; where another process did so at this moment, that one counts."""
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            row = KeyCheckRow(id=ROW, key_id=secrets.key_id.hex(), check=check_of(secrets))
            session.add(row)
            await session.commit()
            return row
    except IntegrityError:
        found = await key_check(engine)
        if found is None:
            raise
        return found
