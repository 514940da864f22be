"""The API of WeChat's stand-in: tokens, quotas, menu, codes, notices, with the documented error codes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import httpx
import pytest

from bot.sim.wechat.account import CUSTOM_SEND, MENU_CREATE, MENU_GET, QRCODE_CREATE, SUBSCRIBE_SEND, SimAccount
from bot.sim.wechat.follower import Follower
from bot.sim.wechat.platform import WeChatPlatform

Json = dict[str, object]
Call = Callable[..., Awaitable[Json]]


@pytest.fixture
async def platform() -> AsyncIterator[WeChatPlatform]:
    async with WeChatPlatform(SimAccount()) as opened:
        yield opened


@pytest.fixture
async def client(platform: WeChatPlatform) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=platform.api_url, trust_env=False) as opened:
        yield opened


@pytest.fixture
def call(client: httpx.AsyncClient) -> Call:
    async def posted(path: str, body: object = None, token: str | None = None) -> Json:
        query = {} if token is None else {"access_token": token}
        answer = (
            await client.post(path, json=body, params=query)
            if body is not None
            else await client.get(path, params=query)
        )
        assert answer.status_code == 200
        found: Json = answer.json()
        return found

    return posted


async def token_of(call: Call, **changed: object) -> Json:
    account = SimAccount()
    body = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.secret} | changed
    return await call("/cgi-bin/stable_token", body)


async def token(call: Call) -> str:
    return str((await token_of(call))["access_token"])


def text(person: Follower, content: str = "您好") -> Json:
    return {"touser": person.openid, "msgtype": "text", "text": {"content": content}}


async def test_a_token_stays_the_same_until_shortly_before_its_end(platform: WeChatPlatform, call: Call) -> None:
    first = await token_of(call)
    assert first["expires_in"] == 7200
    platform.pass_time(3600)
    later = await token_of(call)
    assert later["access_token"] == first["access_token"]
    assert 3590 <= int(str(later["expires_in"])) <= 3600
    platform.pass_time(3400)
    second = await token_of(call)
    assert second["access_token"] != first["access_token"]
    assert (await call(MENU_GET, token=str(first["access_token"])))["errcode"] == 46003
    platform.pass_time(300)
    assert (await call(MENU_GET, token=str(first["access_token"])))["errcode"] == 42001


async def test_a_forced_refresh_ends_the_token_before_and_is_limited(platform: WeChatPlatform, call: Call) -> None:
    first = await token(call)
    assert (await token_of(call, force_refresh=True))["access_token"] != first
    assert (await call(MENU_GET, token=first))["errcode"] == 40001
    again = [(await token_of(call, force_refresh=True))["access_token"] for _ in range(2)]
    assert again[0] == again[1]
    for _ in range(19):
        platform.pass_time(31)
        await token_of(call, force_refresh=True)
    platform.pass_time(31)
    assert (await token_of(call, force_refresh=True))["errcode"] == 45009


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"secret": "wrong"}, 40125), ({"appid": "wx1"}, 40013), ({"grant_type": "x"}, 40002)],
)
async def test_a_wrong_secret_gets_no_token(call: Call, changed: Json, code: int) -> None:
    assert (await token_of(call, **changed))["errcode"] == code


async def test_calls_need_a_token_that_holds(platform: WeChatPlatform, call: Call) -> None:
    assert (await call(MENU_GET))["errcode"] == 41001
    assert (await call(MENU_GET, token="made up"))["errcode"] == 40001
    held = await token(call)
    platform.api.tokens.revoke()
    assert (await call(MENU_GET, token=held))["errcode"] == 40001
    assert (await call("/cgi-bin/user/info", token=await token(call)))["errcode"] == 40066


async def test_five_messages_in_two_days_after_a_message(platform: WeChatPlatform, call: Call) -> None:
    person = platform.follower()
    held = await token(call)
    assert (await call(CUSTOM_SEND, text(person), held))["errcode"] == 45015
    person.quota.earn(None, platform.now())
    codes = [(await call(CUSTOM_SEND, text(person, str(at)), held))["errcode"] for at in range(6)]
    assert codes == [0, 0, 0, 0, 0, 45047]
    assert [line.text for line in person.screen] == ["0", "1", "2", "3", "4"]
    platform.pass_time(48 * 3600)
    assert (await call(CUSTOM_SEND, text(person), await token(call)))["errcode"] == 45015


async def test_three_messages_in_a_minute_after_a_click_which_add_nothing_to_the_five(
    platform: WeChatPlatform, call: Call
) -> None:
    person = platform.follower()
    held = await token(call)
    person.quota.earn("CLICK", platform.now())
    person.quota.earn("VIEW", platform.now())
    assert [(await call(CUSTOM_SEND, text(person), held))["errcode"] for _ in range(4)] == [0, 0, 0, 45047]
    platform.pass_time(61)
    assert (await call(CUSTOM_SEND, text(person), held))["errcode"] == 45015


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"touser": "nobody"}, 40003),
        ({"msgtype": "image"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"text": {"content": "汉" * 683}}, 45002),
    ],
)
async def test_a_wrong_message_is_refused_by_name(
    platform: WeChatPlatform, call: Call, changed: Json, code: int
) -> None:
    person = platform.follower()
    person.quota.earn(None, platform.now())
    assert (await call(CUSTOM_SEND, text(person) | changed, await token(call)))["errcode"] == code
    assert person.screen == []


async def test_who_left_hears_nothing_more(platform: WeChatPlatform, call: Call) -> None:
    person = platform.follower()
    person.quota.earn(None, platform.now())
    person.following = False
    assert (await call(CUSTOM_SEND, text(person), await token(call)))["errcode"] == 45015


async def test_a_body_that_is_no_object_is_refused(client: httpx.AsyncClient, call: Call) -> None:
    held = {"access_token": await token(call)}
    assert (await client.post(CUSTOM_SEND, content=b"", params=held)).json()["errcode"] == 44002
    for body in (b"{", b"[1]", b"\xff"):
        assert (await client.post(CUSTOM_SEND, content=body, params=held)).json()["errcode"] == 47001


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([{"type": "click", "name": "交费", "key": "ask:1"}], 0),
        ([{"name": "交费", "sub_button": [{"type": "view", "name": "网页", "url": "https://a.cn"}]}], 0),
        ([], 40016),
        ([{"type": "click", "name": "一", "key": "k"}] * 4, 40016),
        ([{"type": "click", "name": "一二三四五六", "key": "k"}], 40018),
        ([{"type": "click", "name": "一", "key": "k" * 129}], 40019),
        ([{"type": "view", "name": "一", "url": "u" * 1025}], 40020),
        ([{"type": "shout", "name": "一"}], 40017),
        ([{"name": "一", "sub_button": [{"type": "click", "name": "二", "key": "k"}] * 6}], 40023),
    ],
)
async def test_a_menu_is_checked(platform: WeChatPlatform, call: Call, buttons: list[Json], code: int) -> None:
    held = await token(call)
    assert (await call(MENU_CREATE, {"button": buttons}, held))["errcode"] == code
    assert platform.api.menu == (buttons if code == 0 else None)
    if code == 0:
        assert await call(MENU_GET, token=held) == {"menu": {"button": buttons}}


async def test_a_code_for_a_scene(platform: WeChatPlatform, call: Call) -> None:
    held = await token(call)
    info = {"scene": {"scene_str": "340621105"}}
    made = await call(QRCODE_CREATE, {"action_name": "QR_LIMIT_STR_SCENE", "action_info": info}, held)
    assert platform.api.scenes[str(made["ticket"])] == "340621105"
    lasting_nothing = {"action_name": "QR_STR_SCENE", "expire_seconds": 0, "action_info": info}
    for wrong in ({"action_name": "QR_SCENE", "action_info": info}, {"action_name": "X"}, lasting_nothing):
        assert (await call(QRCODE_CREATE, wrong, held))["errcode"] == 40035


async def test_a_notice_reaches_who_accepted_it_as_often_as_accepted(platform: WeChatPlatform, call: Call) -> None:
    held = await token(call)
    person = platform.follower()
    body = {"touser": person.openid, "template_id": "sim-reminder-template", "data": {"thing1": {"value": "缴费"}}}
    assert (await call(SUBSCRIBE_SEND, body, held))["errcode"] == 43101
    person.notices["sim-reminder-template"] = 1
    assert (await call(SUBSCRIBE_SEND, body | {"data": {"thing1": {"value": "字" * 21}}}, held))["errcode"] == 47003
    assert (await call(SUBSCRIBE_SEND, body | {"template_id": "x"}, held))["errcode"] == 40037
    assert [(await call(SUBSCRIBE_SEND, body, held))["errcode"] for _ in range(2)] == [0, 43101]
    assert person.screen[-1].text == "[通知] 缴费"


async def test_faults_are_put_in_by_path(platform: WeChatPlatform, call: Call, client: httpx.AsyncClient) -> None:
    held = await token(call)
    platform.faults.fail(MENU_GET, 40001)
    platform.faults.fail("", -1)
    assert [(await call(MENU_GET, token=held))["errcode"] for _ in range(3)] == [40001, -1, 46003]
    platform.faults.break_down(MENU_GET)
    assert (await client.get(MENU_GET, params={"access_token": held})).status_code == 502
    platform.faults.slow(MENU_GET, 5)
    with pytest.raises(httpx.ReadTimeout):
        await client.get(MENU_GET, params={"access_token": held}, timeout=0.1)


async def test_rights_and_daily_limits_are_those_of_the_account() -> None:
    account = replace(SimAccount(), permissions=frozenset({MENU_GET}), daily_calls=2)
    async with (
        WeChatPlatform(account) as platform,
        httpx.AsyncClient(base_url=platform.api_url, trust_env=False) as client,
    ):
        body = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.secret}
        held = {"access_token": (await client.post("/cgi-bin/stable_token", json=body)).json()["access_token"]}
        assert (await client.post(CUSTOM_SEND, json={}, params=held)).json()["errcode"] == 48001
        codes = [(await client.get(MENU_GET, params=held)).json()["errcode"] for _ in range(3)]
        assert codes == [46003, 46003, 45009]
