"""Which place a question is about: what is said, else the account or record, else it is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogues.state import State
from nlu.understanding import FactMention, KinMention, PlaceMention, Question
from policy_kb.facts import Facts
from policy_kb.knowledge import KnowledgeBase

_ELSEWHERE_BEFORE = re.compile(
    r"(在|到|去|从|往|嫁到|嫁去|嫁给|户口在|户籍在|户口是|老家|转到|转去|回|考到|住在)[^，。？！,;；]{0,6}$"
)
_ELSEWHERE_AFTER = re.compile(
    r"^[^，。？！,;；]{0,6}(打工|务工|上班|做工|干活|工作|读|上学|上大学|上初|上高|上职|念|实习|毕业|毕的业|那?个?(?:大专|中专|大学|学院|学校|技校|职校|厂子?|工地)|跑外卖|送外卖|跑车|住院|看病|医院|户口|户籍|人[，,。]|当兵|做生意|那边医保|买的|交的|参的|参加的|(?:已经|也|都|就|给我?|帮我?)*(?:交|缴|参|买|参加|上|入)(?:过|了)|上的|的医保(?![^，。？！]{0,10}(?:多少|好多|几|怎么|咋|哪|什么|啥|标准|截止|能不能)))"
)
_ASKED = re.compile(
    r"(那边|那儿|那里|她们|他们|那头|当地)[^。？！]{0,12}(多少|好多|几多|怎么|咋|哪天|几号|多会儿|啥时候|标准)"
)
_HOME_BEFORE = re.compile(
    r"(我是|俺是|我们是|属于|住|我在|俺在|咱是|我家在|家在|户口在|人在|来自|就是|换成|改成|问的是|问|说的是|不是.{1,8}是|是)"
    r"[^，。？！]{0,3}$"
)

_FROM = re.compile(
    r"(我是|俺是|咱是|我们是|来自|属于|户口在|户籍在|就是|改成|换成|问的是|说的是|不是[^，。？！]{1,8}是)$"
)

_CORRECTS = ("不是", "错了", "打错", "说错", "搞错")
_JOINED = re.compile("(买|参加?|交|缴|入|上|办|转到?|转回)[^，。？！]{0,3}$")
_JOINS = re.compile("^(县|区|市)?(这边|这里|那边|城里|城头|本地)?的?(居民)?(医保|农合|合作医疗|能|可以|参|买|交|缴)")
"""Words around the known place by which it is the one where somebody wants to join."""
_PAID_THERE = re.compile(
    "^[省市县区镇]?(?:那边|那里|那头|那儿)?的?(?:居民)?(?:医保|农合|合作医疗)?(?:已经|也|都|就|早就|早)*(?:给|帮|替)?(?:我|俺|他|她|娃)?"
    r"(?:把)?(?:今年|明年|下年|来年|\d{4}年)?的?(?:都|就|也)?"
    "(?:交|缴|参保?|买|参加|上|入)(?:过|了|掉|罢|完|清|好)(?:医保|农合|居民医保|合作医疗|保)?(?!吗|没|么|多少|好多|几)"
)
"""Words after a place where the premium was paid already."""
_THEIRS = re.compile(
    "^[县区市]?[，, ](他|她|他们|她们|那边|那儿|那里)[^。？！说讲]{0,14}(呢|哩|咧|多少|好多|怎么|咋|哪天)"
)
"""Words after a relative's place (我舅在怀远县，他们2025年低保呢) that ask about it."""
_SWITCHED = re.compile("(换回|切回|回到|换到|改回|再说|看看|问问)$")
"""Words before a place that make it the one asked about from now on."""
_ASKED_OF = re.compile(
    "^(的|那边的?|那的?)?(今年|明年|医保|居民医保|合作医疗)*的?(多少|好多|怎么|咋|哪天|几号|交(?!过|了|的)|标准)"
)
"""Words after a wide place (阜阳的多少) that ask about it."""


@dataclass(frozen=True)
class Place:
    """A region code and whether it is meant for this question only (somebody else's county)."""

    code: str
    for_now: bool = False


def place_of(question: Question, state: State, kb: KnowledgeBase) -> Place | None:
    """The place a question names as the one it is about; None where it names none so, or the known one with another."""
    mentions = [one for one in question.of(PlaceMention) if not one.negated]
    meant = _inmost([one for one in mentions if _meant(one, question, state, kb)], kb)
    home = any(_within_known(one, state, kb) for one in mentions)
    if not meant or (home and not any(_is_home(one, question) for one in meant)):
        return None
    if home and not question.text.startswith(_CORRECTS) and not _other_asked(question, meant, state, kb):
        return None
    joined = [one for one in meant if _asked_to_join(one, question) and any(_held(code, kb) for code in one.codes)]
    origin = next((one for one in reversed(meant) if _is_home(one, question)), meant[-1])
    mention = origin if any(_held(code, kb) for code in origin.codes) or not joined else joined[-1]
    code = _code(mention, state, kb)
    theirs = _somebody_elses(mention, question)
    known = state.place is not None and (state.place_source in ("account", "record") or theirs)
    own = _is_home(mention, question) or bool(_SWITCHED.search(question.text[: mention.span.start]))
    return Place(code, for_now=known and not own and (theirs or not question.text.startswith(("我", "俺", "咱"))))


def _inmost(meant: list[PlaceMention], kb: KnowledgeBase) -> list[PlaceMention]:
    """兴义镇，归丰都管: of two places of which one lies in the other, the inner one."""

    def around(one: PlaceMention, other: PlaceMention) -> bool:
        pairs = ((outer, inner) for outer in one.codes for inner in other.codes if outer != inner)
        return any(kb.regions.contains(outer, inner) for outer, inner in pairs)

    return [one for one in meant if not any(other is not one and around(one, other) for other in meant)]


def _other_asked(question: Question, meant: list[PlaceMention], state: State, kb: KnowledgeBase) -> bool:
    """我是濉溪的，在怀远上班: the place of origin is asked about, unless the known one is (能不能买大竹的) or it has no notice."""
    if not any(_held(code, kb) for one in meant for code in one.codes):
        return False
    known = [one for one in question.of(PlaceMention) if _within_known(one, state, kb)]
    return not any(_asked_to_join(one, question) for one in known)


def _asked_to_join(mention: PlaceMention, question: Question) -> bool:
    """买大竹的, 在大竹交多少: the place where somebody wants to join."""
    before, after = question.text[: mention.span.start], question.text[mention.span.end :]
    return bool(_JOINED.search(before) or _JOINS.match(after))


def _somebody_elses(mention: PlaceMention, question: Question) -> bool:
    """我舅在怀远县，他们…; 嫂子嫁到渠县，渠县收多少: the place of a relative, for this question only."""
    named = [one for one in question.of(PlaceMention) if set(one.codes) & set(mention.codes)]
    kin = [one for one in question.of(KinMention) if one.span.end]
    return any(who.span.end <= place.span.start <= who.span.end + 3 for who in kin for place in named)


def _code(mention: PlaceMention, state: State, kb: KnowledgeBase) -> str:
    """Of several regions with one name: that within the known place, else the one whose notice is held."""
    if state.place:
        inner = [one for one in mention.codes if kb.regions.contains(state.place, one)]
        if inner:
            return inner[0]
    return next((one for one in mention.codes if _held(one, kb)), mention.codes[0])


def _held(code: str, kb: KnowledgeBase) -> bool:
    return bool(kb.policies_of(code))


def _meant(mention: PlaceMention, question: Question, state: State, kb: KnowledgeBase) -> bool:
    """Whether the place is where the person belongs or asks about, not where somebody works, studies or is treated."""
    before, after = question.text[: mention.span.start], question.text[mention.span.end :]
    if _within_known(mention, state, kb) or (state.place is not None and _PAID_THERE.match(after)):
        return False
    if _ASKED.search(after) or _SWITCHED.search(before):
        return True
    if _THEIRS.match(after) and any(_held(one, kb) for one in mention.codes):
        return True
    if mention.role != "other" and state.place is not None:
        return mention.role == "hukou" and not _held(state.place, kb) and any(_held(one, kb) for one in mention.codes)
    wide = any(kb.regions[one].level in ("province", "prefecture") for one in mention.codes)
    if wide and state.place is not None:
        return bool(_ASKED_OF.match(after))
    if _HOME_BEFORE.search(before) and not _ELSEWHERE_AFTER.match(after):
        return True
    if _ELSEWHERE_BEFORE.search(before) or _ELSEWHERE_AFTER.match(after):
        return state.place is None and any(_held(one, kb) for one in mention.codes)
    return not wide


def _is_home(mention: PlaceMention, question: Question) -> bool:
    """我是濉溪人，在怀远上班: where somebody comes from counts before where somebody is."""
    return bool(_FROM.search(question.text[: mention.span.start]))


def _within_known(mention: PlaceMention, state: State, kb: KnowledgeBase) -> bool:
    """A town of the place already known changes nothing."""
    return state.place is not None and any(kb.regions.contains(one, state.place) for one in mention.codes)


def name_of(code: str, kb: KnowledgeBase) -> str:
    """A region's name, a town's with its county's."""
    region = kb.regions[code]
    return kb.regions[region.parent].name + region.name if region.level == "town" and region.parent else region.name


def hukou_of(question: Question, code: str, kb: KnowledgeBase) -> Facts:
    """Whether the hukou, said to lie somewhere, is of the place `code`: 户口在邻水; 我是邻水的，在大竹开店; else nothing."""
    places = question.of(PlaceMention)
    said = [one for one in places if one.role == "hukou"] or [one for one in places if _is_home(one, question)]
    if not said or said[-1].negated:
        return {}
    regions, around = kb.regions, code if kb.regions[code].level == "county" else kb.regions[code].parent or code
    local = any(regions.contains(around, one) for one in said[-1].codes)
    if said[-1].role != "hukou" and (local or not _named_too(said[-1], places, around, kb)):
        return {}
    return {"hukou": "local" if local else "nonlocal"}


def insured_at(question: Question, code: str, kb: KnowledgeBase) -> Facts:
    """Whether the premium is said to be paid at another place than `code` already: 在上海交过了; else nothing."""
    around = kb.regions[code].parent or code if kb.regions[code].level == "town" else code
    places = [one for one in question.of(PlaceMention) if not one.negated and one.span.end]
    paid = [one for one in places if _PAID_THERE.match(question.text[one.span.end :])]
    away = [one for one in paid if not any(kb.regions.contains(around, each) for each in one.codes)]
    return {"insured_elsewhere": True} if away else {}


def works_here(question: Question, code: str, kb: KnowledgeBase) -> bool:
    """Whether the work told of is in the county asked about (在濉溪打工): nobody who comes home for the New Year."""
    around = kb.regions[code].parent or code if kb.regions[code].level == "town" else code
    told = [one.span for one in question.of(FactMention) if one.fact == "migrant_worker" and one.span.end]
    places = [one for one in question.of(PlaceMention) if any(kb.regions.contains(around, each) for each in one.codes)]
    return any(span.start <= place.span.start < span.end for span in told for place in places)


def _named_too(origin: PlaceMention, places: tuple[PlaceMention, ...], around: str, kb: KnowledgeBase) -> bool:
    """Whether the county asked about is named beside where somebody comes from: 我是邻水的，在大竹开店."""
    others = [one for one in places if one is not origin]
    return any(kb.regions.contains(around, code) for one in others for code in one.codes)
