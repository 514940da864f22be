"""Whether a name and an ID number belong together: who is unknown and whose name is another take the same way."""

from __future__ import annotations

import hashlib
import hmac

from bot.records.person_name import tidy_name
from bot.records.registry import Registry
from bot.records.resident import ID, NAME, TABLE, Resident
from bot.secrets.sealing import Place, Secrets

_NOBODY = 0
"""The row of nobody, for cells that are opened only for the time it takes."""


class Identity:
    """Holds what somebody says against the register, with the same work whether or not the number is in it."""

    def __init__(self, registry: Registry, secrets: Secrets):
        self._registry = registry
        self._secrets = secrets
        places = (Place(TABLE, ID, _NOBODY), Place(TABLE, NAME, _NOBODY))
        self._decoys = tuple(
            (secrets.seal(text, place), place) for text, place in zip(("0" * 18, "某某某"), places, strict=True)
        )

    async def matched(self, name: str, number: str) -> tuple[Resident | None, bool]:
        """Who has this number (None: nobody), and whether the name is that person's."""
        found = await self._registry.by_id_number(number)
        told = found.name if found else self._open_decoys()
        same = hmac.compare_digest(_digest(told), _digest(name))
        return found, same and found is not None

    def _open_decoys(self) -> str:
        return [self._secrets.unseal(sealed, place) for sealed, place in self._decoys][-1]


def _digest(name: str) -> bytes:
    return hashlib.sha256(tidy_name(name).encode()).digest()
