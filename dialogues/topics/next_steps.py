"""What comes after the step just told (然后呢): the steps of the same procedure (操作步骤), in order."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.statement import FACET, StatementContext, ranked
from policy_kb.model import Answer

PROCEDURES = frozenset({"how_to_pay", "how_to_register"})
VAGUE = 0.22
"""Score by the words alone under which a statement fits a question on how to pay no better than another."""
_HOW = re.compile("怎么|咋|如何|步骤|一步|手把手|流程|教")
_NEXT = re.compile(
    "^(那|哦|好|好的|嗯|噢|行)*[，,。！ ]*(然后|接着|接下来|下一步|下步|再后头|再后来|后来|往下|之后|再往后|完了|再下来|后头)"
    "(又|再|还)?(呢|咧|咋办|怎么办|怎么弄|咋弄|怎么做|做什么|做啥|点哪|点哪里|点啥|哪一步)*[？?。！!]*$"
)


ANY_WAY = re.compile(
    "^(?:那|我们?|俺们?|城乡|居民|医保|钱|费|这个?|到底|要|该|得|去|在?(?:手机|网)上?)*(?:咋个?|怎么|怎样|如何|[啷囊浪]个)样?去?[交缴](?:医保|钱|费|法)*"
    "[呢嘛啊呀哦的噻]*[？?。]*$"
)
"""那咋交: how to pay, and no way of paying is named."""
_ALL_WAYS = "都有啥办法能交钱"


def of_any_way(enquiry: Enquiry) -> Enquiry:
    """A bare 怎么交 as the question which ways there are; of many statements on single ways it would find any one."""
    if enquiry.facet != "how_to_pay" or not ANY_WAY.match(enquiry.question.text):
        return enquiry
    return replace(enquiry, question=replace(enquiry.question, text=_ALL_WAYS), follow_up=False)


def asks_next(text: str) -> bool:
    """Whether a message asks for nothing but the next step."""
    return bool(_NEXT.match(text.strip()))


def next_steps(enquiry: Enquiry) -> Part | None:
    """The procedure that the last answer was of, step by step; None where it was of none."""
    told = {(cite.notice, cite.clause) for cite in enquiry.state.citations}
    procedures = [one for one in _nearest_first(enquiry) if one.steps and _clauses(one) & told]
    if not procedures:
        return None
    chosen = procedures[0]
    return Part(enquiry.facet, "answered", StatementContext(chosen.first, (chosen,), None), chosen.cites)


def whole_procedure(enquiry: Enquiry) -> Part | None:
    """手把手教我交: the steps of the way to pay for this person, where no statement fits the words better."""
    found = ranked(enquiry)
    if found and found[0].score - FACET >= VAGUE:
        return None
    ways = [one for one in enquiry.policy.rules.answers if one.steps and enquiry.facet in one.facets[:1]]
    fitting = sorted(
        (one for one in ways if one.when.holds(enquiry.facts) is not False), key=lambda one: not one.when.needs
    )
    if not fitting or not _HOW.search(enquiry.question.text):
        return None
    chosen = fitting[0]
    return Part(enquiry.facet, "answered", StatementContext(chosen.first, (chosen,), None), chosen.cites)


def _nearest_first(enquiry: Enquiry) -> tuple[Answer, ...]:
    """All answers of the notice, those that fit the last question first."""
    found = [one.answer for one in ranked(enquiry) if one.answer]
    return (*found, *(one for one in enquiry.policy.rules.answers if one not in found))


def _clauses(answer: Answer) -> set[tuple[str, str]]:
    return {(cite.notice, cite.clause) for cite in answer.cites}
