"""What is tried on a household told before or put right in it: somebody is in another category, at another tier, or not in it."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.household.binding import Binding
from dialogues.household.events import events_of
from dialogues.household.parts import AMONG
from dialogues.household.reading import TOGETHER
from dialogues.household.someone import Someone, heads
from dialogues.kin_names import NAMELESS
from dialogues.state import Member
from nlu.understanding import Question

SUPPOSED = re.compile("要是|如果|假如|若是|换成|换作|改成|变成|万一|的话|[呢咧嘞哩][？?。]*$")
"""Words by which what is said of one of the household is tried on the whole of it."""
_CORRECTS = re.compile(
    "[说讲记弄搞算报写听看念][错混漏岔]|搞忘|(?:忘|漏|掉)了?(?:跟你|给你|和你)?(?:说|讲|提|报|算|记)|忘了(?=，|$)|更正|纠正|改正|改一下|"
    "(?<!对)不对(?![吗吧])|(?:重新?|再|另)(?:来|[给帮]我?)?(?:算|合计|加)(?!上|一个)"
)
"""不对，我说错了: what follows puts right what was told of the household."""
_LONGEST = 80
"""Characters up to which a message that puts something right is about the household and no story of its own."""
ASKS_OTHER = re.compile(
    "报销|怎么|咋|能不能|能退|退[钱费款]|哪天|几号|哪里|哪儿|什么时候|啥时候|几时|要不要|为啥|为什么|凭啥|凭什么|材料"
)
"""What else may be asked of a household told before."""
_OF_PERSONS = frozenset({"kin", "count", "me", "they"})
_BEARING = frozenset({"said", "plain", "employed"})
_ONLY = re.compile(
    "(?:认定|评|批|够|算|是|吃|拿|领|享受|低保|特困)(?:上|下来|到|了|着|户|的){0,3}(?:就|只|仅)(?:有|是|剩)?(?!是|有)"
    "|(?<![那也早])(?:就|只|仅)(?:有|是)?[^，。？！]{1,8}?(?:一个人?|自己|[俩两]个?人?)?(?:是|在|认定|评|批|够|算|吃|拿|领|享受)"
)
"""认定的就我们两口子, 就婆婆一个人拿低保: the others are not in the category."""
_TELLS = re.compile(r"有|其中|[一二两三四五\d]个|[俩仨]|(?:是|吃|享受|属于).*$")
"""有一个是低保, 我妈是低保: said of somebody of the household, and nothing asked."""
_ONE_ASKED = re.compile(
    "[他她](?!们|俩)(?:自己)?(?:那份|单独|一个人)?(?:得|要|该|应该|需要)?(?:交|缴|掏|出)(?![了过着])|那份|单独"
)
"""Words by which one of the household is asked about alone."""
_OF_ALL = re.compile("(?:一共|总共|拢共|合计|加起来|加一[块起]|全家|一家)[^。？！]*(?:多少|好多|几)")


def asks_of_one(text: str) -> bool:
    """Whether one of the household is asked about alone, and not the sum of all behind it (闹不清老人那份，一共交多少)."""
    one = list(_ONE_ASKED.finditer(text))
    return bool(one) and not _OF_ALL.search(text, one[-1].end())


def corrects(question: Question) -> bool:
    """Whether a message puts right what was told of somebody (搞忘了，我婆娘有职工医保的，重新算), and asks nothing else."""
    text = question.text
    if len(text) > _LONGEST or not _CORRECTS.search(text) or ASKS_OTHER.search(text):
        return False
    kinds = {one.kind for one in events_of(question)}
    return bool(kinds & _OF_PERSONS) and (bool(kinds & _BEARING) or bool(_ONLY.search(text)) or "count" in kinds)


def alters(before: tuple[Member, ...], question: Question, told: Binding) -> bool:
    """Whether something else is tried on the household told before (要是俺娘是五保呢, 那都交二档呢), or it is put right."""
    if not before or told.total is not None or asks_of_one(question.text):
        return False
    corrected = corrects(question)
    if not told.touched:
        return corrected and bool(told.named) and bool(_ONLY.search(question.text))
    tiers = any(kind == "tier" for kind, _ in told.touched)
    known = bool(told.named) and not any(one.new for one in told.named)
    tells = bool(told.named) and not AMONG.sub("", question.residue) and (known or bool(_TELLS.search(question.text)))
    tried = bool(SUPPOSED.search(question.text) or TOGETHER.search(question.text))
    return tiers or tells or tried or corrected


def altered(told: Binding, before: tuple[Member, ...]) -> tuple[Member, ...]:
    """The whole household with what is now said; empty where it is not known whose place somebody newly named takes."""
    known = [one for one in told.people if not one.new]
    if told.house.tier or told.house.categories is not None:
        for one in known:
            one.take(told.house)
    if told.rest is not None:
        for one in [one for one in known if not one.named]:
            one.take(told.rest)
    new = [one for one in told.people if one.new and one.named]
    only = bool(_ONLY.search(told.text))
    if only:
        _nobody_else(told, known)
    if not new:
        return tuple(one.member(told.house) for one in told.people)
    nameless = [one for one in known if not one.names and not one.named]
    counted = all(one.names in NAMELESS and one.categories is not None for one in new)
    if counted and not (only and len({one.categories for one in known}) == 1):
        return _recounted(known, new, told)
    places = nameless if heads(new) <= heads(nameless) else [one for one in known if not one.named]
    kinds = {replace(one.member(told.house), count=1) for one in places}
    if heads(new) > heads(places) or len(kinds) != 1:
        return ()
    (like,) = kinds
    kept = [one for one in known if one not in places]
    taken = [replace(one.member(told.house), **_unsaid(one, like)) for one in new]  # type: ignore[arg-type]
    left = heads(places) - heads(new)
    others = _plain(like) if only and _in_one(taken, like) else like
    return (*(one.member(told.house) for one in kept), *taken, *((replace(others, count=left),) if left else ()))


def _in_one(taken: list[Member], like: Member) -> bool:
    """Whether some of those named are in the category of the others, who expressly are not."""
    return bool(like.categories) and any(one.categories == like.categories for one in taken)


def _plain(member: Member) -> Member:
    return replace(member, categories=(), either=False, told=True)


def _nobody_else(told: Binding, known: list[Someone]) -> None:
    """就我妈一个人是低保: of those known by name nobody else is in her category."""
    held = {one.categories for one in told.named if one.categories}
    for one in known:
        if not one.named and one.names and one.categories in held:
            one.categories, one.either = (), False


def _recounted(known: list[Someone], new: list[Someone], told: Binding) -> tuple[Member, ...]:
    """要是三个低保呢: another number of those in a category, at the cost of those in none."""
    plain = [one for one in known if not one.categories and not one.names]
    if len(plain) != 1:
        return ()
    left = plain[0].heads or 0
    members = [one.member(told.house) for one in known if one not in plain]
    for one in new:
        now = one.member(told.house)
        same = next((held for held in members if held.categories == now.categories), None)
        if same is not None and same.names:
            return ()
        left -= now.count - (same.count if same else 0)
        members = [*(held for held in members if held is not same), replace(now, tier=now.tier or plain[0].tier)]
    if left < 0:
        return ()
    return (*members, *((replace(plain[0].member(told.house), count=left),) if left else ()))


def _unsaid(one: Someone, like: Member) -> dict[str, object]:
    """What holds for somebody because it was told of those in whose place he stands."""
    unsaid: dict[str, object] = {} if one.tier else {"tier": like.tier}
    if one.categories is None:
        unsaid |= {"categories": like.categories, "either": like.either, "told": like.told}
    return unsaid
