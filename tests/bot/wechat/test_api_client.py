"""The platform's API as we call it: tokens, refusals by name, quotas, time limits; the menu and codes by command."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from office import SECRETS, Office, account_of, opened
from sqlalchemy.ext.asyncio import AsyncEngine
from whole_program import CANBAO, ROOT

from bot.channel import Caller, Channel, Delivery
from bot.channels.wechat import api as api_module
from bot.channels.wechat import codes
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.menu import USUAL, lines_of
from bot.channels.wechat.pieces import pieces
from bot.channels.wechat.service import utc_now
from bot.channels.wechat.token import AccessTokens
from bot.errors import WechatFailed, WechatRefused, WechatSilent
from bot.sim.wechat.account import CUSTOM_SEND, STABLE_TOKEN, SimAccount
from bot.sim.wechat.platform import WeChatPlatform

ACCOUNT = account_of(SimAccount())


def caller(openid: str, account: str = "suixi") -> Caller:
    return Caller(Channel.WECHAT, account, openid)


@asynccontextmanager
async def calling(engine: AsyncEngine, processes: int = 1) -> AsyncIterator[tuple[WeChatPlatform, list[WechatApi]]]:
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(WeChatPlatform())
        made = [
            WechatApi(AccessTokens(engine, SECRETS, f"process {at}", utc_now), platform.api_url)
            for at in range(processes)
        ]
        yield platform, [await stack.enter_async_context(one) for one in made]


async def menu(api: WechatApi, account: WechatAccount = ACCOUNT) -> object:
    return await api.call(account, "menu/create", USUAL.shape())


async def test_all_processes_together_fetch_one_token(engine: AsyncEngine) -> None:
    async with calling(engine, processes=4) as (platform, apis):
        platform.faults.slow(STABLE_TOKEN, 0.3)
        await asyncio.gather(*(menu(api) for api in apis for _ in range(5)))
        assert len(platform.calls(STABLE_TOKEN)) == 1
        assert platform.calls(STABLE_TOKEN)[0]["force_refresh"] is False


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_is_refused_is_fetched_anew_once(engine: AsyncEngine, code: int) -> None:
    async with calling(engine, processes=2) as (platform, (one, two)):
        await menu(one)
        platform.api.tokens.revoke()
        await asyncio.gather(menu(one), menu(two))
        assert len(platform.calls(STABLE_TOKEN)) == 2
        platform.faults.fail("/cgi-bin/menu/create", code, times=5)
        with pytest.raises(WechatRefused) as caught:
            await menu(one)
        assert caught.value.code == code
        assert [one["force_refresh"] for one in platform.calls(STABLE_TOKEN)[2:]] == [False, True]
        assert len(platform.calls("/cgi-bin/menu/create")) <= 7


async def test_a_token_is_kept_unreadable_and_used_until_shortly_before_its_end(sqlite: AsyncEngine) -> None:
    async with calling(sqlite) as (platform, (api,)):
        await menu(api)
        token = platform.api.tokens.issue(
            {"grant_type": "client_credential", "appid": ACCOUNT.app_id, "secret": ACCOUNT.secret.get_secret_value()},
            time.time(),
        )["access_token"]
        async with sqlite.connect() as connection:
            rows = await connection.exec_driver_sql("SELECT * FROM wechat_token")
            assert str(token) not in str(rows.all())


async def test_what_the_platform_says_of_token_and_secret_is_told_with_its_remedy(sqlite: AsyncEngine) -> None:
    async with calling(sqlite) as (platform, (api,)):
        wrong = account_of(SimAccount(secret="f" * 32))
        with pytest.raises(WechatFailed, match="40125 INVALID_APP_SECRET: secret is not the account's AppSecret"):
            await menu(api, wrong)
        assert len(platform.calls(STABLE_TOKEN)) == 1
        with pytest.raises(WechatFailed, match=r"no access token|40125"):
            await menu(api, wrong)


async def test_busy_is_tried_again_a_few_times(sqlite: AsyncEngine) -> None:
    async with calling(sqlite) as (platform, (api,)):
        platform.faults.fail("/cgi-bin/menu/create", -1, times=2)
        await menu(api)
        platform.faults.fail("/cgi-bin/menu/create", -1, times=10)
        with pytest.raises(WechatRefused, match="-1 SYSTEM_BUSY"):
            await menu(api)
        assert len([one for one in platform.api.log if one.code == -1]) == 5


async def test_no_call_waits_for_ever(sqlite: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "WHOLE", 0.2)
    async with calling(sqlite) as (platform, (api,)):
        await menu(api)
        platform.faults.slow(CUSTOM_SEND, 30)
        with pytest.raises(WechatSilent):
            async with asyncio.timeout(15):
                await api.call(ACCOUNT, "message/custom/send", {"touser": "o"}, once=True)


async def test_a_platform_that_is_not_there_is_said_so(sqlite: AsyncEngine) -> None:
    tokens = AccessTokens(sqlite, SECRETS, "me", utc_now)
    async with WechatApi(tokens, "http://127.0.0.1:9") as api:
        with pytest.raises(WechatFailed, match="cannot be reached"):
            await menu(api)


async def test_a_sender_keeps_to_the_quota_of_each_act(engine: AsyncEngine) -> None:
    async with opened(engine) as office:
        wang = office.platform.follower()
        send = office.wechat.sender.send
        assert await send(caller(wang.openid), "早") is Delivery.OUT_OF_WINDOW
        await wang.says("哪天截止")
        outcomes = [await send(caller(wang.openid), f"第{at}条") for at in range(6)]
        assert outcomes == [Delivery.SENT] * 5 + [Delivery.OVER_QUOTA]
        await wang.clicks("ask:怎么交")
        outcomes = [await send(caller(wang.openid), f"点{at}") for at in range(4)]
        assert outcomes == [Delivery.SENT] * 3 + [Delivery.OVER_QUOTA]
        await wang.says("再问")
        assert await send(caller(wang.openid), "好") is Delivery.SENT
        assert all(one.code == 0 for one in office.platform.api.log), "the platform itself never had to refuse"


async def test_a_long_message_goes_whole_or_not_at_all_and_in_order(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        long = "这是很长的一句话。" * 200
        assert await office.wechat.sender.send(caller(wang.openid), long) is Delivery.SENT
        shown = [line.text for line in wang.screen if line.who == "account"][1:]
        assert "".join(shown) == long
        assert len(shown) == len(pieces(long)) == 3
        assert await office.wechat.sender.send(caller(wang.openid), long) is Delivery.OVER_QUOTA
        assert len([line for line in wang.screen if line.who == "account"]) == 4


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (40003, Delivery.UNREACHABLE),
        (45015, Delivery.OUT_OF_WINDOW),
        (45047, Delivery.OVER_QUOTA),
        (45009, Delivery.OVER_QUOTA),
        (48001, Delivery.NOT_POSSIBLE),
        (-1, Delivery.NOT_POSSIBLE),
        (99999, Delivery.NOT_POSSIBLE),
    ],
)
async def test_each_refusal_has_its_meaning_and_no_openid_in_the_log(
    sqlite: AsyncEngine, code: int, outcome: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        office.platform.faults.fail(CUSTOM_SEND, code, times=9)
        assert await office.wechat.sender.send(caller(wang.openid), "机密的话") is outcome
        calls = len(office.platform.calls(CUSTOM_SEND))
        again = await office.wechat.sender.send(caller(wang.openid), "机密的话")
        if code in (45015, 45047, 45009, 48001):
            assert again is not Delivery.SENT
            assert len(office.platform.calls(CUSTOM_SEND)) == calls, "what the platform refuses is not tried at once"
    assert str(code) in caplog.text
    assert wang.openid not in caplog.text
    assert "机密" not in caplog.text


async def test_the_clock_ends_a_grant(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        quota = office.wechat.quota
        quota._clock = lambda: utc_now() + timedelta(hours=48, seconds=1)
        assert await office.wechat.sender.send(caller(wang.openid), "晚了") is Delivery.OUT_OF_WINDOW
        assert office.platform.calls(CUSTOM_SEND) == []


async def test_a_sender_refuses_what_is_not_its_own(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        other = Caller(Channel.TELEGRAM, "suixi", "1")
        assert await office.wechat.sender.send(other, "x") is Delivery.NOT_POSSIBLE
        assert await office.wechat.sender.send(caller("o", "nowhere"), "x") is Delivery.NOT_POSSIBLE
        assert await office.wechat.sender.send(caller("o"), " ") is Delivery.NOT_POSSIBLE


async def canbao(office: Office | WeChatPlatform, database: str, *words: str) -> tuple[int, str, str]:
    platform = office if isinstance(office, WeChatPlatform) else office.platform
    sim = platform.account
    account = {"name": "suixi", "app_id": sim.app_id, "secret": sim.secret, "token": sim.token}
    account |= {"aes_key": sim.aes_key, "region": "濉溪县"}
    env = {"CANBAO_WECHAT_ACCOUNTS": json.dumps([account]), "CANBAO_WECHAT_API": platform.api_url}
    env |= {"CANBAO_DATABASE_URL": database, "CANBAO_SECRET_KEY": "ab" * 32, "PATH": "/usr/bin"}
    child = await asyncio.create_subprocess_exec(
        CANBAO, "wechat", *words, cwd=ROOT, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await child.communicate()
    return child.returncode or 0, out.decode(), err.decode()


async def test_menu_and_codes_by_command(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = f"sqlite:///{tmp_path_factory.mktemp('wechat') / 'canbao.db'}"
    async with WeChatPlatform() as platform:
        status, out, err = await canbao(platform, database, "menu", "push")
        assert (status, err) == (0, "")
        status, out, _ = await canbao(platform, database, "menu", "show")
        assert out.splitlines() == lines_of({"menu": USUAL.shape()})
        status, out, _ = await canbao(platform, database, "qrcode", "刘桥镇")
        assert status == 0
        assert "340621102" in out
        assert "showqrcode?ticket=" in out
        assert list(platform.api.scenes.values()) == ["340621102"]
        status, _, err = await canbao(platform, database, "qrcode", "龙亢镇")
        assert (status, err.count("\n")) == (2, 1)
        assert "no such town is known in 濉溪县" in err
        assert len(platform.calls(STABLE_TOKEN)) == 1, "commands share the token that is kept"
        platform.faults.fail(STABLE_TOKEN, 40164)
        status, _, err = await canbao(platform, database.replace("canbao.db", "new.db"), "check")
        assert (status, err.count("\n")) == (1, 1)
        assert "IP白名单" in err


async def test_usual_menu_is_one_the_platform_takes(sqlite: AsyncEngine) -> None:
    async with calling(sqlite) as (platform, (api,)):
        await menu(api)
        assert platform.api.menu == USUAL.shape()["button"]
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(f"{platform.api_url}/cgi-bin/menu/get")).json()["errcode"] == 41001


def test_a_machine_that_is_not_listed_is_told_its_address_and_nothing_else() -> None:
    said = codes.explained(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 6543-secret")
    assert "203.0.113.7" in said
    assert "IP白名单" in said
    assert "secret" not in said
