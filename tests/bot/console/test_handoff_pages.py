"""Handoff over HTTP: who sees which conversation, who may do what, and what is audited."""

from __future__ import annotations

import pytest
from desk_console import HUAIYUAN, SUIXI, answered, audited, somebody, waiting
from served_console import ADMIN, OPERATOR, VILLAGER, Console, token_of

from bot.channel import Channel
from bot.desk.ticket import Standing, Ticket

PAGES = ("", "/list", "/waiting", "/closed", "/canned")


def at(ticket: Ticket, act: str = "") -> str:
    return f"/console/handoff/t/{ticket.id}{act}"


def test_village_staff_see_nothing_of_it(console: Console) -> None:
    ticket = waiting(console)
    with console.client(VILLAGER) as client:
        for path in (*(f"/console/handoff{one}" for one in PAGES), at(ticket), at(ticket, "/talk")):
            assert client.get(path).status_code == 403
        token = token_of(client.get("/console/password"))
        for act in ("/claim", "/answer", "/note", "/back", "/close"):
            assert client.post(at(ticket, act), data={"csrf": token, "text": "x"}).status_code == 403
        assert "/console/handoff" not in client.get("/console/").text


def test_without_a_log_in_and_without_the_token_nothing_happens(console: Console) -> None:
    ticket = waiting(console)
    with console.client() as client:
        assert client.get(at(ticket)).headers["location"].startswith("/console/login")
    with console.client(OPERATOR) as client:
        assert client.post(at(ticket, "/claim")).status_code == 403
    now = console.run(console.running.desk.tickets.by_id(ticket.id))
    assert now is not None
    assert now.standing is Standing.WAITING


@pytest.mark.parametrize(("region", "seen"), [(SUIXI, True), ("340621102", True), (None, True), (HUAIYUAN, False)])
def test_operators_see_their_countys_and_those_of_no_known_place(
    console: Console, region: str | None, seen: bool
) -> None:
    ticket = waiting(console, region)
    with console.client(OPERATOR) as client:
        assert (ticket.id in client.get("/console/handoff").text) is seen
        assert client.get(at(ticket)).status_code == (200 if seen else 404)
        assert console.send(client, at(ticket, "/claim"), {}, "/console/password").status_code == (303 if seen else 404)
    with console.client(ADMIN) as client:
        assert client.get(at(ticket)).status_code == 200


def test_the_second_to_claim_gets_a_kind_word(console: Console) -> None:
    ticket = waiting(console)
    with console.client(OPERATOR) as one, console.client(ADMIN) as other:
        assert console.send(one, at(ticket, "/claim"), {}, "/console/password").status_code == 303
        late = console.send(other, at(ticket, "/claim"), {}, "/console/password")
        assert late.status_code == 409
        assert f"{OPERATOR}已经接了" in late.text
        refused = console.send(other, at(ticket, "/answer"), {"text": "我来说"}, "/console/password")
        assert refused.status_code == 409
        assert "我来说" not in one.get(at(ticket)).text


def test_claims_and_closings_are_audited_without_words(console: Console) -> None:
    ticket = waiting(console)
    with console.client(OPERATOR) as client:
        console.send(client, at(ticket, "/claim"), {}, at(ticket))
        console.send(client, at(ticket, "/close"), {"result": "已答复清楚", "more": "电话13812345678"}, at(ticket))
        done = client.get(at(ticket)).text
    assert "13812345678" not in done
    assert "已答复清楚：电话【电话】" in done
    acts = [(actor, detail) for actor, _, detail in audited(console, "took_over") if detail["ticket"] == ticket.id]
    assert acts == [(f"staff:{OPERATOR}", {"what": what, "ticket": ticket.id}) for what in ("claimed", "closed")]


def test_an_answer_that_cannot_be_delivered_says_so(console: Console) -> None:
    ticket = waiting(console, caller=somebody(Channel.WECHAT))
    with console.client(OPERATOR) as client:
        console.send(client, at(ticket, "/claim"), {}, at(ticket))
        assert console.send(client, at(ticket, "/answer"), {"text": "您好"}, at(ticket)).status_code == 303
        assert "没送出：这个渠道不能主动发消息" in client.get(at(ticket)).text


@pytest.mark.parametrize("text", ["", "   ", "长" * 601])
def test_an_answer_without_words_or_too_long_is_refused(console: Console, text: str) -> None:
    ticket = waiting(console)
    with console.client(OPERATOR) as client:
        console.send(client, at(ticket, "/claim"), {}, at(ticket))
        assert console.send(client, at(ticket, "/answer"), {"text": text}, at(ticket)).status_code == 422


def test_closing_wants_a_result(console: Console) -> None:
    ticket = waiting(console)
    with console.client(OPERATOR) as client:
        console.send(client, at(ticket, "/claim"), {}, at(ticket))
        assert (
            console.send(client, at(ticket, "/close"), {"result": "乱写", "more": " "}, at(ticket)).status_code == 422
        )
        assert "结束对话" in client.get(at(ticket)).text


def test_the_transcript_holds_what_the_bot_said_and_hides_what_it_told_from_a_record(console: Console) -> None:
    caller = somebody()
    answered(console, "要交多少", caller=caller)
    answered(console, "我交了没有", "您已经交了，王某", facet="my_record", of=(1,), caller=caller)
    ticket = waiting(console, caller=caller)
    with console.client(OPERATOR) as client:
        shown = client.get(at(ticket)).text
    assert "个人交320元" in shown
    assert "我交了没有" in shown
    assert "王某" not in shown
    assert "找人工（99%）" in shown


def test_only_what_is_new_is_sent_again(console: Console) -> None:
    ticket = waiting(console)
    with console.client(OPERATOR) as client:
        shown = client.get(at(ticket)).text
        seen = shown.partition('data-seen="')[2][:12]
        assert client.get(at(ticket, f"/talk?seen={seen}")).status_code == 204
        console.send(client, at(ticket, "/note"), {"text": "要回电"}, at(ticket))
        assert "要回电" in client.get(at(ticket, f"/talk?seen={seen}")).text
        console.send(client, at(ticket, "/claim"), {}, at(ticket))
        assert client.get(at(ticket, "/talk?was=waiting-0")).headers["hx-refresh"] == "true"


def test_kept_answers_are_added_changed_and_deleted_and_each_shortcut_is_there_once(console: Console) -> None:
    where = "/console/handoff/canned"
    with console.client(OPERATOR) as client:
        assert console.send(client, where, {"shortcut": " /材料甲", "text": "带身份证"}).status_code == 303
        again = console.send(client, where, {"shortcut": "材料甲", "text": "另一句<b>"})
        assert again.status_code == 422
        assert "已经有了" in again.text
        assert "另一句&lt;b&gt;" in again.text
        assert console.send(client, where, {"shortcut": "", "text": "没有短码"}).status_code == 422
        number = client.get(where).text.partition("/材料甲")[2].partition("/canned/")[2].partition('"')[0]
        assert console.send(client, f"{where}/{number}", {"shortcut": "材料乙", "text": "带户口本"}).status_code == 303
        assert "带户口本" in client.get(where).text
        assert console.send(client, f"{where}/{number}/delete", {}, where).status_code == 303
        assert "带户口本" not in client.get(where).text
        assert client.get(f"{where}/{number}").status_code == 404
