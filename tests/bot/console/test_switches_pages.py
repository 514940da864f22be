"""The kill switch's page over HTTP: administrators only, a reason always, history kept."""

from __future__ import annotations

import pytest
from desk_console import audited
from served_console import ADMIN, OPERATOR, VILLAGER, Console

WHERE = "/console/switches"
OFF, ON = f"{WHERE}/off", f"{WHERE}/on"


@pytest.mark.parametrize("name", [VILLAGER, OPERATOR])
def test_nobody_but_administrators_sees_or_turns_a_switch(console: Console, name: str) -> None:
    with console.client(name) as client:
        assert client.get(WHERE).status_code == 403
        for path in (OFF, ON):
            sent = {"kind": "topic", "name": "transfer", "reason": "试试看"}
            assert console.send(client, path, sent, "/console/password").status_code == 403
    assert not console.run(console.running.desk.switches.off())


@pytest.mark.parametrize("reason", ["", " ", "错", "长" * 201])
def test_without_a_fit_reason_nothing_is_turned_off(console: Console, reason: str) -> None:
    with console.client(ADMIN) as client:
        refused = console.send(client, OFF, {"kind": "topic", "name": "transfer", "reason": reason}, WHERE)
    assert refused.status_code == 422
    assert "写明原因" in refused.text
    assert not console.run(console.running.desk.switches.off())


@pytest.mark.parametrize(("kind", "name"), [("topic", "smalltalk"), ("topic", "x"), ("channel", "console"), ("", "")])
def test_what_is_no_switch_is_refused(console: Console, kind: str, name: str) -> None:
    with console.client(ADMIN) as client:
        sent = {"kind": kind, "name": name, "reason": "试一试看"}
        assert console.send(client, OFF, sent, WHERE).status_code == 422


def test_a_topic_turned_off_and_on_is_shown_kept_and_audited(console: Console) -> None:
    which = {"kind": "topic", "name": "refund"}
    with console.client(ADMIN) as client:
        assert console.send(client, OFF, {**which, "reason": "13812345678说退费答错"}, WHERE).status_code == 303
        shown = client.get(WHERE).text
        assert "已停用" in shown
        assert "【电话】说退费答错" in shown
        assert "已经有人停用" in console.send(client, OFF, {**which, "reason": "再来一次"}, WHERE).text
        assert console.send(client, ON, which, WHERE).status_code == 303
        assert "已经恢复了" in console.send(client, ON, which, WHERE).text
        shown = client.get(WHERE).text
    assert "已停用" not in shown
    assert "【电话】说退费答错" in shown
    for action in ("turned_off", "turned_on"):
        assert (f"staff:{ADMIN}", None, {"kind": "topic", "name": "refund"}) in audited(console, action)


def test_residents_words_are_shown_with_the_hotline(console: Console) -> None:
    with console.client(ADMIN) as client:
        assert "这类问题暂时不能在这里回答" in client.get(WHERE).text
