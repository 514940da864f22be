"""Questions left open over HTTP: whose they are, settling, marking, and the files that are made of them."""

from __future__ import annotations

import pytest
import yaml
from desk_console import HUAIYUAN, answered
from served_console import ADMIN, OPERATOR, VILLAGER, Console

WHERE = "/console/unanswered"


def left_open(console: Console, text: str, **more: object) -> str:
    return answered(console, text, "通知没有写这一项", "not_covered", **more)  # type: ignore[arg-type]


def test_village_staff_do_not_see_the_list_but_may_mark_an_answer(console: Console) -> None:
    code = answered(console, "村里人问要交多少")
    with console.client(VILLAGER) as client:
        for path in (WHERE, f"{WHERE}/case?code={code}", f"{WHERE}/phrases?code={code}&facet=card"):
            assert client.get(path).status_code == 403
        marked = console.send(
            client, f"{WHERE}/mark", {"code": code, "note": "张三13812345678说不对"}, "/console/password"
        )
        assert marked.status_code == 303
    with console.client(OPERATOR) as client:
        shown = client.get(WHERE).text
    assert "村里人问要交多少" in shown
    assert "13812345678" not in shown


def test_alike_questions_stand_together_beside_the_nearest_clause(console: Console) -> None:
    for text in ("社保卡在哪补办呀", "社保卡在哪补办"):
        left_open(console, text, facet="card")
    with console.client(OPERATOR) as client:
        shown = client.get(WHERE).text
    assert "问过2次" in shown
    assert "通知没有写这一项" in shown
    assert '<a href="/console/knowledge/suixi-2022#' in shown


def test_another_countys_questions_cannot_be_seen_settled_or_taken_away(console: Console) -> None:
    code = left_open(console, "怀远那边的问题谁来答", region=HUAIYUAN)
    with console.client(OPERATOR) as client:
        assert "怀远那边" not in client.get(WHERE).text
        assert console.send(client, f"{WHERE}/settle", {"code": code}, "/console/password").status_code == 404
        assert console.send(client, f"{WHERE}/mark", {"code": code}, "/console/password").status_code == 404
        assert client.get(f"{WHERE}/case?code={code}").status_code == 404
    with console.client(ADMIN) as client:
        assert "怀远那边" in client.get(WHERE).text


def test_what_is_settled_is_gone_from_the_list_with_all_that_are_like_it(console: Console) -> None:
    left_open(console, "坐月子补贴有多少钱")
    code = left_open(console, "坐月子补贴有多少")
    with console.client(OPERATOR) as client:
        assert console.send(client, f"{WHERE}/settle", {"code": code}, WHERE).status_code == 303
        assert "坐月子" not in client.get(WHERE).text


def test_an_answer_from_a_record_is_not_shown_in_the_list(console: Console) -> None:
    code = answered(console, "我家交了没有呢", "虚构大民已经交了", facet="my_record", of=(1,))
    with console.client(OPERATOR) as client:
        console.send(client, f"{WHERE}/mark", {"code": code}, "/console/password")
        shown = client.get(WHERE).text
    assert "我家交了没有呢" in shown
    assert "虚构大民" not in shown


def test_proposals_are_files_of_the_projects_own_form(console: Console) -> None:
    code = left_open(console, "异地的药店能刷卡吗", facet="benefits")
    with console.client(OPERATOR) as client:
        phrases = client.get(f"{WHERE}/phrases?code={code}&facet=care_elsewhere")
        case = client.get(f"{WHERE}/case?code={code}")
        assert client.get(f"{WHERE}/phrases?code={code}&facet=nothing").status_code == 422
        assert client.get(f"{WHERE}/case?code=ZZZZZZ").status_code == 404
    assert phrases.headers["content-disposition"] == f'attachment; filename="phrases-{code.lower()}.yml"'
    assert yaml.safe_load(phrases.text)["nlu"][0]["intent"] == "care_elsewhere"
    assert yaml.safe_load(case.text)[0]["turns"][0]["ask"] == "异地的药店能刷卡吗"


@pytest.mark.parametrize("code", ["", "ZZZZZZ", "'; DROP TABLE turn"])
def test_marking_a_code_that_is_none_is_refused(console: Console, code: str) -> None:
    with console.client(OPERATOR) as client:
        assert console.send(client, f"{WHERE}/mark", {"code": code}, WHERE).status_code == 404
