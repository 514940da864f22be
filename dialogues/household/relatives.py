"""The one of several persons that a message asks about: 就问婆婆那份, 那公公呢, 他要是只交一档呢."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.household.altering import ASKS_OTHER, SUPPOSED, corrects
from dialogues.household.binding import Binding
from dialogues.household.leaving import leaves
from dialogues.household.missing import tells_number
from dialogues.household.moving import moved
from dialogues.household.reading import TOGETHER
from dialogues.household.someone import Someone, is_me
from dialogues.household.talk import AMOUNT
from dialogues.kin_names import NAMELESS, alike, names_of
from dialogues.said import Said
from dialogues.state import State
from nlu.understanding import AgeMention, CategoryMention, KinMention, PeopleMention, Question, TierMention

_ONLY = re.compile("(就|只|光|单)(单|是)?(想|要)?(问|说|算|看|知道)(问|一下|一哈|说|算)?[^，。？！]{0,2}$")
"""Words before the one relative that is asked about."""
_HE_PAYS = re.compile("[他她](?:自己|那份)?(?:得|要|该|应该|需要)?(?:交|缴|掏|出)")
_BOUND = ("student", "university_here", "age", "tier")
"""Facts that are one person's, whatever message they stand in."""
PRICED = ("premium", "assistance", "my_record")
"""Beginnings of the facets that go on as a question on somebody's sum: the record tells one too."""
_SHORT = 18
"""Characters up to which 我老伴普通人，加起来 goes on with the persons told before."""
_SUPPOSITION = 30
"""Characters up to which what is tried on one of them does (要是娃都十九了呢，他那份还贴不贴)."""
_SAME_TOO = re.compile("(?:那|还有)?[^，。？！]{1,4}(?:也|都)(?:是|一样)的?[呢咧哩]?[？?。]*")
"""俺妈也是: another one of the household is what the one before was."""
_TERSE = 10
_NO_MONEY = re.compile("[天日月年号久次镇乡村报]|任务|指标|人数|户籍|全[县区市]")
"""Words by which a total is one of days, of towns or of the targets."""
_SUMMED = ("premium", "assistance", "newborn", "target")
"""Beginnings of the facets that have a total of their own."""


def of_one(question: Question, said: Said, told: Binding, recorded: bool) -> tuple[Said, bool]:
    """What was said, narrowed to the one person who is asked about; and whether there is such a one.

    `recorded`: a record tells the category of the person writing.
    """
    one, kin = _asked(question, said, told)
    if one is None:
        return said, False
    others = [other for other in told.people if other is not one]
    facts = {name: value for name, value in said.facts.items() if name not in _BOUND or not _of(others, name, value)}
    categories = told.house.categories if one.categories is None else one.categories
    if categories is not None:
        facts["category"] = categories
    elif recorded and is_me(one) and not told.unbound:
        facts.pop("category", None)
    elif any(other.categories is not None for other in others) and not told.unbound:
        facts["category"] = ()
    for name in ("student", "university_here", "age"):
        value = getattr(one, name)
        facts |= {} if value is None or one.new else {name: facts.get(name, value)}
    combined = not one.either and (said.combined or len(one.categories or ()) > 1)
    subject = kin.who if kin else said.subject
    return replace(said, facts=facts, household=(), subject=subject, combined=combined), True


def _asked(question: Question, said: Said, told: Binding) -> tuple[Someone | None, KinMention | None]:
    """The person, and the word for the relative it is."""
    kin = [one for one in question.of(KinMention) if one.span.end]
    only = [one for one in kin if _ONLY.search(question.text[: one.span.start])]
    if said.myself and not _HE_PAYS.search(question.text):
        return next((one for one in told.people if is_me(one)), None), None
    if only:
        return _named(told, only[-1]), only[-1]
    named = [one for one in told.last if one in told.people and one.heads == 1 and one.names not in NAMELESS]
    if len(told.last) == len(named) == 1:
        word = next((one for one in reversed(kin) if names_of(one)[-1] in told.last[0].names), None)
        return told.last[0], word
    return None, None


def _named(told: Binding, kin: KinMention) -> Someone | None:
    return next((one for one in told.people if one.names and one.names[0] == names_of(kin)[0]), None)


def _of(others: list[Someone], name: str, value: object) -> bool:
    return any(getattr(one, name) == value for one in others if one.named)


def asks_total(question: Question, state: State) -> bool:
    """加一块呢, 少一个呢, 那都交二档呢: a short message that goes on with the sum of the persons told before."""
    text = question.text
    bare = not question.of(KinMention) and not question.of(CategoryMention)
    if state.persons and bare and len(text) <= _TERSE and TOGETHER.search(text):
        return not _NO_MONEY.search(text)
    if not (state.facet or "").startswith(PRICED):
        return False
    if state.household and (tells_number(question, state) or corrects(question) or leaves(question)):
        return True
    if moved(state, question) or (state.household and _SAME_TOO.fullmatch(text)):
        return True
    if state.household and len(text) <= _SUPPOSITION and _supposes(question, state):
        return True
    if len(text) > _SHORT:
        return False
    known = bool(state.persons) or state.record is not None
    if known and question.of(KinMention) and TOGETHER.search(text):
        return True
    return bool(state.household) and _goes_on(question, state)


def facet_of_total(goes_on: str) -> str:
    """The facet that a total goes on with: what the persons told before pay, unless the last answer has one of its own."""
    return goes_on if goes_on.startswith(_SUMMED) else "premium"


def _supposes(question: Question, state: State) -> bool:
    """要是婆婆是特困呢: something is tried on one of the household known by name, and nothing else is asked."""
    names = [name for one in state.household for name in one.names]
    kin = [name for one in question.of(KinMention) for name in names_of(one)]
    known = any(alike(one, other) for one in kin for other in names)
    said = bool(question.of(CategoryMention)) or bool(question.of(AgeMention)) or bool(question.of(TierMention))
    return known and said and bool(SUPPOSED.search(question.text)) and not ASKS_OTHER.search(question.text)


def _goes_on(question: Question, state: State) -> bool:
    """Whether it alters the household priced last, or asks for its sum once more."""
    text = question.text
    if question.of(TierMention) and (SUPPOSED.search(text) or bool(question.of(PeopleMention))):
        return True
    return leaves(question) or bool(AMOUNT.fullmatch(text))
