"""Accounts as they are set: what is wrong is named with its account and key, and no secret is ever shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.channels.wechat.account import Mode, accounts_found, accounts_of
from bot.channels.wechat.menu import USUAL, Menu
from bot.errors import UnknownRegion, WrongUsage
from bot.settings import Settings

SECRET = "0123456789abcdef-a-secret"
GOOD = {
    "name": "suixi",
    "app_id": "wx0123456789abcdef",
    "secret": SECRET,
    "token": "aToken1234",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "region": "濉溪县",
}


def settings(**given: object) -> Settings:
    return Settings.model_validate(given)


def test_accounts_come_from_json_or_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "wechat.yml"
    other = GOOD | {"name": "huaiyuan", "app_id": "wx1", "region": "怀远县", "mode": "plain"}
    path.write_text(yaml.safe_dump({"accounts": [GOOD, other]}, allow_unicode=True), encoding="utf-8")
    read = accounts_found(settings(wechat_file=path))
    assert [(one.name, one.mode) for one in read] == [("suixi", Mode.SAFE), ("huaiyuan", Mode.PLAIN)]
    assert read == accounts_found(settings(wechat_accounts=json.dumps([GOOD, other])))
    assert read[0].menu == USUAL
    assert accounts_found(settings()) == ()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "濉溪"}, "account 1.name"),
        ({"name": "a/b"}, "account 1.name"),
        ({"app_id": "0123"}, "account 1.app_id"),
        ({"token": "ab"}, "3 to 32 letters and digits"),
        ({"token": "有中文的令牌"}, "3 to 32 letters and digits"),
        ({"aes_key": SECRET}, "aes_key must be the 43"),
        ({"aes_key": None}, "mode safe needs aes_key"),
        ({"mode": "open"}, "account 1.mode"),
        ({"frob": 1}, "account 1.frob"),
        ({"menu": {"buttons": []}}, "account 1.menu.buttons"),
        ({"menu": {"buttons": [{"name": "一二三四五六", "ask": "x"}]}}, "longer than 16 bytes"),
        ({"menu": {"buttons": [{"name": "交费"}]}}, "give it one of ask, url, buttons"),
        ({"menu": {"buttons": [{"name": "交费", "ask": "长" * 50}]}}, "longer than"),
        ({"menu": {"buttons": [{"name": "网", "url": "javascript:1"}]}}, "must begin with https"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(change: dict[str, object], word: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        accounts_of([GOOD | change], "CANBAO_WECHAT_ACCOUNTS")
    assert word in str(caught.value)
    for secret in (SECRET, str(GOOD["aes_key"]), str(GOOD["token"]), "有中文的令牌"):
        assert secret not in str(caught.value)


def test_two_accounts_do_not_share_a_name_or_an_app_id() -> None:
    for change in ({"app_id": "wx2"}, {"name": "other"}):
        with pytest.raises(WrongUsage, match="two accounts have the same"):
            accounts_of([GOOD, GOOD | change], "here")


def test_a_file_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="cannot be read"):
        accounts_found(settings(wechat_file=tmp_path / "none.yml"))
    bad = tmp_path / "bad.yml"
    bad.write_text(f"accounts:\n  - secret: {SECRET}\n   name: [", encoding="utf-8")
    with pytest.raises(WrongUsage, match="line 3") as caught:
        accounts_found(settings(wechat_file=bad))
    assert SECRET not in str(caught.value)
    with pytest.raises(WrongUsage, match="both set"):
        accounts_found(settings(wechat_file=bad, wechat_accounts="[]"))
    with pytest.raises(WrongUsage, match="no valid JSON"):
        accounts_found(settings(wechat_accounts=SECRET))


def test_settings_show_no_secret() -> None:
    assert SECRET not in str(settings(wechat_accounts=json.dumps([GOOD])).shown())
    assert SECRET not in repr(accounts_of([GOOD], "here"))


def test_a_region_nobody_knows_is_told_at_the_start() -> None:
    from bot import composition
    from bot.assistant import region_code

    (account,) = accounts_of([GOOD | {"region": "火星县"}], "here")
    with pytest.raises(UnknownRegion):
        region_code(composition.knowledge(), account.region)


def test_a_menu_has_two_levels_at_most() -> None:
    deep = {"name": "a", "buttons": [{"name": "b", "buttons": [{"name": "c", "ask": "d"}]}]}
    with pytest.raises(ValueError, match="two levels"):
        Menu.model_validate({"buttons": [deep]})
