"""Questions of one message that the splitting left together, or the classifier heard as one and the same."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.left_work import asks_to_join, left_work
from dialogues.plain_words import facet_for_certain, facet_in_words, names_commercial
from nlu.understanding import Mention, OtherInsuranceMention, Question, Ranked, Span, SpanMention, TierMention

LIKELY = 0.3
"""Confidence from which the second facet of a question is taken where the first was just answered."""
PLAIN = 0.6
"""Confidence from which commercial insurance is taken to be meant without a word of it."""
HEARD = 0.9
"""Confidence of a matter that the very words name."""
TWO = 2
_OF_THE_NOTICE = (
    ("notice_number", re.compile("文号|几号文|文件编号"), "文号是多少"),
    ("notice_date", re.compile("(印发|发文|成文|落款|下发)的?(日期|时间)|(哪天|几号|什么时候|啥时候|几时)(印|下)?发(?!票|钱)"),
     "哪天印发的"),
    ("notice_issuer", re.compile("发文(单位|机关)|(哪个|什么|啥)(单位|部门|机关|局)(印|下)?发(?!票|钱)|谁(印|下)发"),
     "哪个单位印发的"),
)  # fmt: skip
"""What is asked of the notice itself, and the words to look it up by where several are asked at once."""
_HOW_MUCH = re.compile(
    "多少钱|好多钱|几多钱|几个钱|几块钱|[交缴]多少|[交缴]好多|(?<=[不吗 ，])好多$|(?:收费|价钱?|缴费|标准)[^，。？！]{0,8}(?:一样|相同|一个)"
)
_OF_TIME = re.compile("[交缴](?:多少|好多)个?(?:年|月|天)")
"""缴多少年 asks for no sum."""
_WITH_A_SUM = {
    "student": ("student", "premium"),
    "newborn_how": ("newborn_how", "newborn_fee"),
    "newborn_fee": ("newborn_how", "newborn_fee"),
}
"""Facets under which whether one may and what it costs are asked in one breath, and what is then answered."""
_MAY = re.compile("能不能|可不可以|可以.{0,8}[吗不么]|能.{0,8}[吗不么](?!了|到)|得不得|要不要")


_USED = re.compile("报(?!名|到|给|告)|激活|生效|能用|用得|用不了|享受|管用|看病|住院")
"""停了一年可以报销吗: after a lapse, what is asked is from when the insurance works again."""
_STORY = 60
"""Characters above which words of a lapse are part of a story, not what is asked."""
_BESIDE_TRANSFERS = frozenset(
    {"employee_insurance", "how_to_register", "how_to_pay", "other_affairs", "off_topic", "window_late"}
)
"""What 辞职后医保怎么办 is heard as, beside what it asks."""
_HOW_TO_USE = frozenset({"benefits", "card", "window", "window_late", "coverage", "transfer"})


def each_asked(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions in order, each with the facet that its words and its neighbours leave it."""
    found: list[Question] = []
    for question in (_named(one) for asked in questions for one in _apart(asked)):
        found.append(_with_tiers(_beside(found[-1], question)) if found else question)
    return tuple(found)


def _apart(question: Question) -> tuple[Question, ...]:
    """The questions in one: number and date of the notice; whether one may join and what it costs."""
    if not question.ranking:
        return (question,)
    facet = question.best.facet
    if facet.startswith("notice"):
        named = [(name, words) for name, pattern, words in _OF_THE_NOTICE if pattern.search(question.text)]
        if len(named) > 1:
            return tuple(replace(_as(question, name), text=words, mentions=()) for name, words in named)
    if facet in ("eligibility", "transfer") and _HOW_MUCH.search(_OF_TIME.sub("", question.text)):
        premium = _as(question, "premium")
        return (question, premium) if _MAY.search(question.text) else (premium,)
    if facet in _WITH_A_SUM and _HOW_MUCH.search(question.text) and _MAY.search(question.text):
        return tuple(_as(question, one) for one in _WITH_A_SUM[facet])
    return (question,)


def _named(question: Question) -> Question:
    """The question with the matter that its very words name, whatever the classifier heard."""
    if not question.ranking:
        return question
    if others := question.of(OtherInsuranceMention):
        return _as(question, others[0].kind)
    if question.best.facet == "commercial" and question.best.confidence < PLAIN and not names_commercial(question.text):
        question = replace(question, ranking=tuple(one for one in question.ranking if one.facet != "commercial"))
    if facet := facet_for_certain(question):
        return replace(question, ranking=(Ranked(facet, HEARD),))
    if facet := facet_in_words(question):
        return _as(question, facet)
    if question.best.facet in _BESIDE_TRANSFERS and left_work(question) and asks_to_join(question):
        return _as(question, "transfer")
    lapsed = any(one.about == "gap" for one in question.of(SpanMention))
    short = len(question.text) <= _STORY
    if lapsed and short and question.best.facet in _HOW_TO_USE and _USED.search(question.text):
        return _as(question, "waiting_period")
    return question


def _with_tiers(question: Question) -> Question:
    """门诊报销有啥区别 behind 一档跟二档各多少: the tiers compared in the question before are told with it."""
    tiers = [one for one in question.of(TierMention) if not one.span.end]
    if len(tiers) < TWO or question.of(TierMention) != tuple(tiers):
        return question
    words = "和".join(one.span.text for one in tiers)
    moved = tuple(_moved(one, len(words)) if one.span.end else one for one in question.mentions)
    return replace(question, text=f"{words}{question.text}", mentions=moved)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, span=Span(mention.span.start + by, mention.span.end + by, mention.span.text))


def _beside(before: Question, question: Question) -> Question:
    """A second question is about something else than the first: the next facet, where it is likely."""
    if not before.ranking or len(question.ranking) < 2 or not question.residue:
        return question
    first, second = question.ranking[:2]
    same = first.facet == before.best.facet and second.confidence >= LIKELY
    return replace(question, ranking=(second, first, *question.ranking[2:])) if same else question


def _as(question: Question, facet: str) -> Question:
    others = tuple(one for one in question.ranking if one.facet != facet)
    return replace(question, ranking=(Ranked(facet, HEARD), *others))
