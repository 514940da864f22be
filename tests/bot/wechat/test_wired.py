"""The whole service with an account in its settings: the webhook answers, and who leaves is unbound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.binding.accounts import Accounts
from bot.channel import Caller, Channel, Delivery
from bot.service.application import application, running
from bot.settings import Settings
from bot.sim.listening import listening
from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.platform import WeChatPlatform


async def test_an_account_of_the_settings_answers_and_is_left(
    nlu_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unbound: list[Caller] = []

    async def unbind(_: Accounts, caller: Caller) -> bool:
        unbound.append(caller)
        return True

    monkeypatch.setattr(Accounts, "unbind", unbind)
    sim = SimAccount()
    account = {"name": "suixi", "app_id": sim.app_id, "secret": sim.secret, "token": sim.token}
    account |= {"aes_key": sim.aes_key, "region": "340621"}
    async with WeChatPlatform(sim) as platform:
        given = {"database_url": f"sqlite:///{tmp_path / 'canbao.db'}", "secret_key": "5a" * 32, "nlu_url": nlu_url}
        given |= {"wechat_accounts": json.dumps([account]), "wechat_api": platform.api_url, "now": "2021-11-20"}
        given |= {"api_token": "a-token-of-the-tests-only", "nlu_timeout": "15"}
        async with running(Settings.model_validate(given)) as parts, listening(application(parts)) as url:
            platform.send_to(f"{url}/wechat/suixi")
            assert await platform.verify() is None
            wang = platform.follower()
            assert "40元" in ((await wang.says("低保户要交多少")).text or "")
            assert parts.wechat is not None
            caller = Caller(Channel.WECHAT, "suixi", wang.openid)
            assert await parts.wechat.sender.send(caller, "您好，我是值班员。") is Delivery.SENT
            await wang.unfollows()
            assert unbound == [caller]
