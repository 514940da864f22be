"""Finding statements and clauses by what people ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fictional_county import policy_of

from policy_kb.bm25 import Bm25
from policy_kb.knowledge import Policy
from policy_kb.search import AnswerSearch, ClauseSearch, clause_parts, sentences
from policy_kb.words import Words

WORDS = Words(["等待期", "集中缴费期", "公众号"])
OFF_TOPIC = ("今天天气怎么样", "股票怎么买", "讲个笑话", "北京到上海高铁几点")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_of(Path(__file__).parent / "sound" / "policy.yml")


def test_the_fields_own_words_are_not_cut_in_two() -> None:
    assert "等待期" in WORDS.cut("等待期有多久？")
    assert "？" not in WORDS.cut("等待期有多久？")


def test_a_question_that_stands_among_the_asks_scores_one(policy: Policy) -> None:
    hit = AnswerSearch(policy, WORDS).find("老人不会用手机怎么交")[0]
    assert (hit.found.id, hit.score, hit.text) == ("proxy", 1.0, "老人不会用手机怎么交")


def test_the_same_question_is_recognised_in_other_width_and_spacing(policy: Policy) -> None:
    assert AnswerSearch(policy, WORDS).find("电话 是多少")[0].score == 1.0


def test_a_question_in_other_words_finds_its_statement_with_the_words_that_matched(policy: Policy) -> None:
    hit = AnswerSearch(policy, WORDS).find("我妈不会用手机咋办")[0]
    assert hit.found.id == "proxy"
    assert {"不会", "手机"} <= set(hit.words_matched)
    assert 0.3 < hit.score < 1.0


def test_silences_and_references_are_found_too(policy: Policy) -> None:
    search = AnswerSearch(policy, WORDS)
    assert search.find("有没有电话")[0].found.id == "no-phone"
    assert search.find("要退费怎么弄")[0].found.id == "refund-document"


def test_facets_restrict_what_is_found(policy: Policy) -> None:
    search = AnswerSearch(policy, WORDS)
    assert {hit.found.id for hit in search.find("老人不会用手机怎么交", ("contact",))} <= {"no-phone"}
    assert search.find("老人不会用手机怎么交", ("newborn_fee",)) == ()


def test_hits_come_best_first_and_no_more_than_asked_for(policy: Policy) -> None:
    hits = AnswerSearch(policy, WORDS).find("谁能参保怎么交", limit=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


@pytest.mark.parametrize("question", ["", "？！", " "])
def test_a_question_without_words_finds_nothing(policy: Policy, question: str) -> None:
    assert AnswerSearch(policy, WORDS).find(question) == ()
    assert ClauseSearch(policy, WORDS).find(question) == ()


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_other_matters_score_low(policy: Policy, question: str) -> None:
    assert all(hit.score < 0.4 for hit in AnswerSearch(policy, WORDS).find(question))


def test_a_policy_without_statements_finds_nothing(policy: Policy) -> None:
    bare = replace(policy, rules=replace(policy.rules, answers=(), silent_on=(), left_to=()))
    assert AnswerSearch(bare, WORDS).find("电话是多少") == ()


@pytest.mark.parametrize(
    ("question", "clause"),
    [("职工医保中断了有没有等待期", "六"), ("新生儿自出生多少日内缴费", "五"), ("残疾人资助多少", "三（三）")],
)
def test_a_clause_is_found_by_its_words(policy: Policy, question: str, clause: str) -> None:
    assert ClauseSearch(policy, WORDS).find(question)[0].found.clause == clause


def test_every_word_of_the_notice_stands_in_some_sentence(policy: Policy) -> None:
    parts = clause_parts(policy.notice)
    for name in policy.notice.clause_ids:
        told = "".join(part.text for part in parts if part.clause == name)
        assert "".join(told.split()) == "".join(policy.notice.clause(name).text.split())


def test_short_pieces_go_with_the_sentence_after_them() -> None:
    found = sentences("三、资助。对特困人员给予全额资助；其他的人都不资助。完。")
    assert found == ["三、资助。 对特困人员给予全额资助；", "其他的人都不资助。完。"]


def test_bm25_scores_the_question_itself_one_and_unknown_terms_against_it() -> None:
    index = Bm25([["a", "b"], ["b", "c"], ["d", "e"]], k1=0.8, b=0.3)
    assert index.scores(["a", "b"])[0] == pytest.approx(1.0, abs=1e-5)
    assert index.scores(["a", "zz"])[0] < 0.6
    assert not index.scores(["zz"]).any()
    assert not Bm25([], 0.8, 0.3).scores(["a"]).any()
