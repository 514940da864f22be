"""WeChat's stand-in keeps to the documented protocol, against a developer's server written with wechatpy alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from developer import Developer
from wechatpy.crypto import WeChatCrypto
from wechatpy.events import ScanEvent, SubscribeEvent, SubscribeScanEvent, UnsubscribeEvent
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.messages import ImageMessage, LinkMessage, LocationMessage, VoiceMessage

from bot.sim.listening import listening
from bot.sim.wechat.account import Mode, SimAccount
from bot.sim.wechat.envelope import Envelope, signature
from bot.sim.wechat.platform import WeChatPlatform
from bot.sim.wechat.reply import FAULT, judge

PATIENCE = 0.4


@asynccontextmanager
async def talking(
    account: SimAccount | None = None, patience: float = 5.0
) -> AsyncIterator[tuple[WeChatPlatform, Developer]]:
    account = account or SimAccount()
    developer = Developer(account)
    async with listening(developer.app()) as url, WeChatPlatform(account, f"{url}/wechat", patience) as platform:
        yield platform, developer


@pytest.mark.parametrize("mode", list(Mode))
async def test_a_message_comes_through_in_every_mode_and_its_answer_is_shown(mode: Mode) -> None:
    async with talking(SimAccount(mode=mode)) as (platform, developer):
        assert await platform.verify() is None
        follower = platform.follower()
        seen = await follower.says("低保户要交多少 & <b>")
        assert seen.text == "低保户要交多少 & <b>"
        assert [line.who for line in follower.screen] == ["me", "account"]
        query = developer.queries[-1]
        assert ("msg_signature" in query) == (mode is not Mode.PLAIN)
        assert query["openid"] == follower.openid
        assert len(follower.openid) == 28


async def test_messages_and_events_have_the_fields_of_the_documents() -> None:
    async with talking() as (platform, developer):
        person = platform.follower(following=False)
        await person.follows("340621105")
        await person.scans("340621")
        await person.speaks("低保户要交多少")
        await person.speaks()
        await person.sends_image()
        await person.sends_location(33.915, 116.766, "濉溪县")
        await person.sends_link("通知", "https://example.org/")
        await person.unfollows()
        await person.follows()
        kinds = [type(one) for one in developer.heard]
        assert kinds == [
            SubscribeScanEvent, ScanEvent, VoiceMessage, VoiceMessage, ImageMessage, LocationMessage, LinkMessage,
            UnsubscribeEvent, SubscribeEvent,
        ]  # fmt: skip
        assert developer.heard[0].scene_id == "340621105"
        assert developer.heard[1].scene_id == "340621"
        assert [developer.heard[2].recognition, developer.heard[3].recognition] == ["低保户要交多少", None]
        assert developer.heard[5].location == ("33.915000", "116.766000")
        ids = {one.id for one in developer.heard[2:7]}
        assert len(ids) == 5


async def test_nothing_is_shown_to_who_stopped_following() -> None:
    async with talking() as (platform, _):
        person = platform.follower()
        await person.unfollows()
        assert person.screen == []


async def test_a_silent_server_is_asked_three_times_five_seconds_apart_then_the_fault_is_shown() -> None:
    async with talking(patience=PATIENCE) as (platform, developer):
        developer.waits = [9, 9, 9]
        began = time.monotonic()
        seen = await platform.follower().says("你好")
        assert seen.text == FAULT
        assert len(seen.attempts) == 3
        assert time.monotonic() - began >= 3 * PATIENCE
        assert len({one.id for one in developer.heard}) == 1


async def test_a_retry_in_time_saves_it_and_carries_the_same_message() -> None:
    async with talking(patience=PATIENCE) as (platform, developer):
        developer.waits = [9]
        seen = await platform.follower().says("你好")
        assert seen.text == "你好"
        assert len(seen.attempts) == 2
        assert developer.heard[0].id == developer.heard[1].id
        assert developer.queries[0]["nonce"] != developer.queries[1]["nonce"]


async def test_an_error_status_is_tried_again_and_a_broken_body_is_not() -> None:
    async with talking(patience=PATIENCE) as (platform, developer):
        developer.statuses = [500]
        assert len((await platform.follower().says("一")).attempts) == 2
        developer.raw = b'{"text": "json"}'
        seen = await platform.follower().says("二")
        assert seen.text == FAULT
        assert len(seen.attempts) == 1


async def test_a_server_that_is_not_there_shows_the_fault() -> None:
    async with WeChatPlatform(SimAccount(), "http://127.0.0.1:9/wechat", 0.05) as platform:
        assert "cannot be reached" in str(await platform.verify())
        assert (await platform.follower().says("你好")).text == FAULT


@pytest.mark.parametrize("body", [b"", b"success"])
async def test_silence_is_taken_in_silence(body: bytes) -> None:
    async with talking() as (platform, developer):
        developer.raw = body
        seen = await platform.follower().says("你好")
        assert (seen.text, seen.fault, len(seen.attempts)) == (None, None, 1)


def reply(**changed: str) -> bytes:
    parts = {"ToUserName": "oPERSON", "FromUserName": "gh_0123456789ab", "CreateTime": "1", "MsgType": "text"}
    parts |= {"Content": "好"} | changed
    return ("<xml>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items()) + "</xml>").encode()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (reply(), None),
        (reply(Content="汉" * 682), None),
        (reply(Content="汉" * 683), "2049 bytes"),
        (reply(ToUserName="gh_0123456789ab"), "ToUserName"),
        (reply(FromUserName="oPERSON"), "FromUserName"),
        (reply(CreateTime="now"), "CreateTime"),
        (reply(Content=""), "empty Content"),
        (reply(MsgType="Text"), "MsgType 'Text'"),
        (reply(MsgType="image"), "MediaId"),
        (reply(MsgType="transfer_customer_service"), None),
        (reply(Content="a<![CDATA[b]]>]]>"), "well-formed"),
        (b"<!DOCTYPE xml><xml></xml>", "document type"),
        (b"<html></html>", "<html>"),
        (b"\xff", "not UTF-8"),
        (b" success", "well-formed"),
        (b"fail", "well-formed"),
    ],
)
def test_a_reply_is_judged_as_wechat_does(body: bytes, fault: str | None) -> None:
    account = SimAccount(mode=Mode.PLAIN)
    push = WeChatPlatform(account).follower("oPERSON").text("问")
    verdict = judge(body, push, account)
    assert (fault is None and verdict.fault is None) or str(fault) in str(verdict.fault)


def test_in_safe_mode_a_reply_is_opened_only_with_the_right_signature_key_and_app_id() -> None:
    account = SimAccount()
    push = WeChatPlatform(account).follower("oPERSON").text("问")
    plain = reply().decode()

    def sealed(token: str = account.token, key: str = account.aes_key, app_id: str = account.app_id) -> bytes:
        return str(WeChatCrypto(token, key, app_id).encrypt_message(plain, "n", "1")).encode()

    assert judge(sealed(), push, account).shown == "好"
    assert "MsgSignature" in str(judge(sealed(token="other"), push, account).fault)
    assert "cannot be opened" in str(judge(sealed(key="z" * 43), push, account).fault)
    assert "cannot be opened" in str(judge(sealed(app_id="wxOTHER"), push, account).fault)
    assert "plain reply" in str(judge(plain.encode(), push, account).fault)
    assert "without Nonce" in str(judge(sealed().replace(b"Nonce", b"Once"), push, account).fault)


def test_what_the_platform_signs_wechatpy_opens_and_nothing_else() -> None:
    account = SimAccount()
    push = WeChatPlatform(account).follower().text("]]> 字")
    sealed = Envelope(account).seal(push)
    crypto = WeChatCrypto(account.token, account.aes_key, account.app_id)
    query = sealed.query
    assert crypto.decrypt_message(sealed.body, query["msg_signature"], query["timestamp"], query["nonce"]) == push.xml()
    assert query["signature"] == signature(account.token, query["timestamp"], query["nonce"])
    with pytest.raises(InvalidSignatureException):
        crypto.decrypt_message(sealed.body, query["signature"], query["timestamp"], query["nonce"])


async def test_a_storm_brings_every_message_some_twice_and_some_late() -> None:
    async with talking() as (platform, developer):
        person = platform.follower()
        pushes = [person.text(str(number)) for number in range(200)]
        seen = await platform.storm(pushes, duplicates=0.2, disorder=0.05, at_once=20)
        assert set(seen) == set(pushes)
        again = sum(len(one) - 1 for one in seen.values())
        assert 20 <= again <= 60
        heard = [int(one.content) for one in developer.heard]
        assert sorted(set(heard)) == list(range(200))
        assert heard != sorted(heard)


async def test_a_replay_brings_the_same_message_and_shows_nothing() -> None:
    async with talking() as (platform, developer):
        person = platform.follower()
        seen = await person.says("你好")
        again = await platform.replay(seen.push)
        assert developer.heard[0].id == developer.heard[1].id
        assert again.status == 200
        assert len(person.screen) == 2


async def test_a_late_line_is_waited_for_and_named_where_it_does_not_come() -> None:
    person = WeChatPlatform(SimAccount()).follower()
    asyncio.get_running_loop().call_later(0.05, person.show, "account", "来晚了")
    assert await person.sees("晚", within=2) == "来晚了"
    with pytest.raises(AssertionError, match="没有"):
        await person.sees("没有", within=0.05)
