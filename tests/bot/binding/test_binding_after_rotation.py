"""A binding outlives the exchange of the secret key: the account is found, heard and reached under the new one."""

from __future__ import annotations

import os

from bound_family import SECRETS, User
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.audit.journal import Journal
from bot.audit.verification import verify
from bot.binding.accounts import Accounts
from bot.secrets.opening import open_secrets
from bot.secrets.rotation import rotate
from bot.secrets.sealing import Secrets
from bot.settings import Settings


async def test_a_binding_goes_over_to_a_new_key(user: User, engine: AsyncEngine, accounts: Accounts) -> None:
    await open_secrets(engine, Settings(secret_key=SecretStr(bytes(range(32)).hex()), _env_file=None))
    await user.bind()
    await user.say("我交了吗", "my_record")
    new = Secrets(os.urandom(32))
    async for _ in rotate(engine, SECRETS, new):
        pass
    after = Accounts(engine, new, Journal(engine))
    bound = await after.bound(user.caller)
    assert bound is not None
    assert bound.resident == 1
    assert await after.callers_of(1) == (user.caller,)
    assert await accounts.bound(user.caller) is None
    assert (await verify(engine)).broken is None
