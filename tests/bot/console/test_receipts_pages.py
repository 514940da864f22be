"""Receipts over HTTP: what a code shows, and to whom what was told from a record."""

from __future__ import annotations

import pytest
from desk_console import HUAIYUAN, answered, audited
from served_console import ADMIN, OPERATOR, VILLAGER, Console

WHERE = "/console/receipts"
PERSONAL = "您已经交了，交的是320元"


def personal(console: Console, resident: int = 1, region: str = "340621") -> str:
    return answered(console, "我交了没有", PERSONAL, facet="my_record", of=(resident,), region=region)


@pytest.mark.parametrize("name", [VILLAGER, OPERATOR, ADMIN])
def test_a_code_shows_question_inputs_clauses_and_answer_as_they_were(console: Console, name: str) -> None:
    code = answered(console, "我叫虚构某人，低保户要交多少")
    with console.client(name) as client:
        shown = client.get(WHERE, params={"code": f" {code[:3].lower()} {code[3:]}"}).text
    for words in ("个人要交多少钱", "低保对象", "2021年11月20日", "个人交320元", "居民个人缴费标准为320元", "没有变"):
        assert words in shown


@pytest.mark.parametrize("code", ["ZZZZZZ", "1", "<script>", "222222", "九" * 40])
def test_a_wrong_code_gets_a_clear_word(console: Console, code: str) -> None:
    with console.client(OPERATOR) as client:
        found = client.get(WHERE, params={"code": code})
    assert found.status_code == 404
    assert "没有这个编号的答复" in found.text
    assert "<script>" not in found.text


def test_another_countys_receipt_is_not_shown(console: Console) -> None:
    code = answered(console, "怀远交多少", region=HUAIYUAN)
    with console.client(OPERATOR) as client:
        found = client.get(WHERE, params={"code": code})
    assert found.status_code == 403
    assert "怀远交多少" not in found.text


def test_an_answer_from_a_record_is_opened_by_operators_of_that_county_only_and_audited(console: Console) -> None:
    code = personal(console)
    before = len(audited(console, "looked"))
    with console.client(OPERATOR) as client:
        assert PERSONAL not in client.get(WHERE, params={"code": code}).text
        assert len(audited(console, "looked")) == before
        assert PERSONAL in console.send(client, WHERE, {"code": code}).text
    assert audited(console, "looked")[-1][:2] == (f"staff:{OPERATOR}", 1)


def test_village_staff_never_open_it(console: Console) -> None:
    code = personal(console)
    with console.client(VILLAGER) as client:
        shown = client.get(WHERE, params={"code": code}).text
        assert PERSONAL not in shown
        assert "低保对象" not in shown
        opened = console.send(client, WHERE, {"code": code}, "/console/password")
    assert opened.status_code == 403
    assert PERSONAL not in opened.text


def test_a_record_of_another_county_stays_closed_wherever_the_question_was_asked(console: Console) -> None:
    code = personal(console, resident=11)
    with console.client(OPERATOR) as client:
        opened = console.send(client, WHERE, {"code": code}, "/console/password")
    assert opened.status_code == 403
    assert PERSONAL not in opened.text
    with console.client(ADMIN) as client:
        assert PERSONAL in console.send(client, WHERE, {"code": code}).text


def test_a_knowledge_base_that_changed_since_is_told(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.review.turn_log.knowledge_version", lambda: "000000000000")
    code = answered(console, "哪天截止呢")
    with console.client(OPERATOR) as client:
        assert "后来改过" in client.get(WHERE, params={"code": code}).text
