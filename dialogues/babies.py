"""What is asked of a newborn in the words of a grown-up's question, and of a grown child in those of a newborn's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dialogues.enquiry import Enquiry
from dialogues.said import NO_BABY
from nlu.understanding import AgeMention, DateMention, FactMention, KinMention, SpanMention, YearMention
from policy_kb.conditions import years_between

HOW_MUCH = re.compile("多少|好多|几个钱|几块|几多|多钱|啥价")
_DAYS = re.compile("多少天|多少日|好多天|报多少|报好多|几天|几号")
_PUBLIC_MONEY = re.compile("财政|国家|政府|补|筹资|标准")
_OF_A_BABY = {"window": "newborn_deadline", "window_late": "newborn_deadline", "coverage": "newborn_cover"}
"""What is asked of a baby in the words of a grown-up's question."""
_GROWN = {
    "newborn_deadline": "window",
    "newborn_cover": "coverage",
    "newborn_fee": "premium",
    "newborn_how": "eligibility",
}
"""What is asked of a child that is no baby any more."""
_OF_WAITS = ("waiting_period", "coverage", "transfer")
"""After these a question that names no child (从哪天开始数那六个月) is about none."""
A_YEAR = 365
_STILL = re.compile(
    "(?:办|搞|弄|整|参|交|缴|补|上)(?:也|都)?(?:不成|不了|不得|不到|得成|得了|得到)|来得及|来不及|还能|还可以|晚不晚|晚没晚|迟不迟|过期|超期|超了?没"
)
"""也搞不成了嗦, 还来得及不: whether it is still in time is asked, not how it is done."""
_APART = re.compile(
    "单独|独立|另外|另(?=[交缴买参])|单个|跟[到着倒]|随(?:大人|父母|爹妈|爸妈|我|他妈|她妈)|自动|一起算|捎带"
)
"""不想单独交: whether a newborn is covered with its parents."""
_OF_PAYING = frozenset(
    {"whole_household", "compulsory", "eligibility", "duplicate", "newborn_how", "newborn_fee", "newborn_deadline"}
)
_LIMIT = re.compile("最晚|最迟|几号|哪天|哪一天")
_THE_ONE = re.compile("[他她它](?!们|家|哥|姐|俩)|娃|孩子|宝宝|小孩|毛毛|幺[儿女]|小家伙")
"""她从哪天起能报: the child of whom the talk is."""
_TOO_LATE = re.compile(
    r"(?:过了|超过?了?|满了?)(?:这|那)?(?:个)?(?:[\d零一二两三四五六七八九十百]+[天日]|[三四五六七八九十]个月|半[年岁]|期|时间|时限|日子|截止)"
    "|错过|赶不上|没赶上|超期|逾期|过期|误了期"
)
"""过了一百八十天, 超期: beyond the deadline."""
_AT_THAT_AGE = re.compile("[了大多]{0,2}，?[^，。？！]{0,2}(?:才|再)")
"""What follows the age at which a child is enrolled."""
_IF_SO = re.compile("万一|要是|如果|假如|假设|若|咋|怎|还能|还可以|能不能|补|呢$|行不|中不|办法")
_ITS_OWN = re.compile("^[^，。？！]?(?:[他她]|娃|孩子)")
"""她外婆: a relative named as the child's own."""
_GROWN_UPS = re.compile("我自己|我本人|大人|我们俩|两口子|我(?:的|那份)")


def _names_a_baby(enquiry: Enquiry) -> bool:
    """Whether this very question speaks of a newborn, and of no year or age that is none's."""
    mentions = enquiry.question.mentions
    baby = any(isinstance(one, FactMention) and one.fact == "newborn" and one.value for one in mentions)
    older = any(isinstance(one, AgeMention) and one.years != 0 for one in mentions)
    return baby and not older and not any(isinstance(one, YearMention) for one in mentions)


def _born_lately(enquiry: Enquiry) -> bool:
    """Whether a child in its first year is asked about, by the day of birth told in this talk of it."""
    born = enquiry.said.get("birth_date")
    told = any(isinstance(one, DateMention) and one.role == "birth" for one in enquiry.question.mentions)
    of_it = told or (enquiry.state.facet or "").startswith("newborn")
    return of_it and isinstance(born, date) and (enquiry.today - born).days < A_YEAR


def _is_a_babys_record(enquiry: Enquiry) -> bool:
    """Whether the record that answers is that of a child in its first year, of whom nothing is paid yet."""
    record = enquiry.record
    born = record.birth_date if record else None
    return born is not None and (enquiry.today - born).days < A_YEAR and "paid_on" not in enquiry.facts


def _if_no_baby(enquiry: Enquiry) -> str:
    """The facet of a question that sounds like one on a newborn but is about an older child or a student."""
    if enquiry.said.get("student", "none") != "none":
        return "student"
    before = enquiry.state.facet or ""
    if (
        before in _OF_WAITS
        and not {"newborn", "birth_date"} & set(enquiry.said)
        and not enquiry.question.of(KinMention)
    ):
        return before
    age, born = enquiry.said.get("age", 0), enquiry.said.get("birth_date")
    if isinstance(born, date):
        age = years_between(born, enquiry.today)
    return _GROWN[enquiry.facet] if isinstance(age, int | float) and age >= NO_BABY else enquiry.facet


def asks_beyond(enquiry: Enquiry) -> bool:
    """Whether it is asked what holds after the deadline (万一过了180天，还能补不)."""
    text = enquiry.question.text
    return enquiry.facet == "newborn_deadline" and bool(_TOO_LATE.search(text) and _IF_SO.search(text))


def older_than(enquiry: Enquiry, days: int | None) -> bool:
    """Whether a child is said to be older when it is enrolled (三个半月了才来交, 100天才办)."""
    if days is None or "birth_date" in enquiry.facts:
        return False
    ages = [one.days for one in enquiry.question.of(AgeMention) if one.days]
    text = enquiry.question.text
    ages += [_in_days(one) for one in enquiry.question.of(SpanMention) if _AT_THAT_AGE.match(text[one.span.end :])]
    return any(one > days for one in ages)


def _in_days(span: SpanMention) -> int:
    return span.days or int((span.months or 0) * 30)


def of_the_child(enquiry: Enquiry) -> Enquiry:
    """The enquiry without a payment made before the child was born, which is its parents' (我年前居民医保就交了)."""
    born, paid = enquiry.facts.get("birth_date"), enquiry.facts.get("paid_on")
    if not (isinstance(born, date) and isinstance(paid, date) and paid < born):
        return enquiry
    facts = {name: value for name, value in enquiry.facts.items() if name != "paid_on"}
    return replace(enquiry, facts=facts)


def _is_the_one_told_of(enquiry: Enquiry) -> bool:
    """Whether a question on cover is about the child of the question before (这样办下来她从哪天起能报)."""
    text, before = enquiry.question.text, enquiry.state.facet or ""
    of_it = before.startswith("newborn") and bool(_THE_ONE.search(text)) and not _GROWN_UPS.search(text)
    kin = [one for one in enquiry.question.of(KinMention) if one.who not in ("child", "baby", "grandchild")]
    others = [one for one in kin if not _ITS_OWN.search(text[: one.span.end][-len(one.span.text) - 1 :])]
    return of_it and not others and "age" not in enquiry.said


def _with_its_parents(enquiry: Enquiry) -> bool:
    """Whether it is asked if a newborn needs a payment of its own, and the notice covers it with its guardians."""
    covered = any(one.kind == "automatic" for one in enquiry.policy.rules.newborn)
    told = "guardian_insured" in enquiry.said and isinstance(enquiry.facts.get("birth_date"), date)
    text = enquiry.question.text
    return covered and told and enquiry.facet in _OF_PAYING and bool(_APART.search(text)) and not _LIMIT.search(text)


def born_in(enquiry: Enquiry) -> tuple[date, date] | None:
    """The first and last day on which the child can be born by what was told (上月生的); None where no baby's birth was."""
    day = enquiry.facts.get("birth_date")
    if isinstance(day, date):
        return (day, day) if (enquiry.today - day).days < A_YEAR else None
    told = [one for one in enquiry.question.of(DateMention) if one.role == "birth"]
    lately = [one for one in told if one.precision == "month" and 0 <= (enquiry.today - one.first).days < A_YEAR]
    return (lately[0].first, lately[0].last) if lately else None


def of_a_baby(enquiry: Enquiry) -> str:
    """The facet, turned to a newborn's or away from it by what is known of the child."""
    facet = enquiry.facet
    if _with_its_parents(enquiry) and _born_lately(enquiry):
        return "newborn_cover"
    if facet == "newborn_how" and _born_lately(enquiry) and _STILL.search(enquiry.question.text):
        return "newborn_deadline"
    if facet.startswith("newborn"):
        return _if_no_baby(enquiry)
    if facet in _OF_A_BABY and _is_the_one_told_of(enquiry):
        return _OF_A_BABY[facet]
    if facet in _OF_A_BABY and (_names_a_baby(enquiry) or _born_lately(enquiry) or _is_a_babys_record(enquiry)):
        return _OF_A_BABY[facet]
    return facet


def fee_of_a_baby(enquiry: Enquiry, facet: str) -> str | None:
    """The facet by which a newborn's fee is told, where its sum is asked for; None where it is not."""
    text, before = enquiry.question.text, enquiry.state.facet or ""
    if facet in ("newborn_deadline", "newborn_cover", "newborn_how") and HOW_MUCH.search(text):
        facet = facet if _DAYS.search(text) else "newborn_fee"
    if facet == "premium_total" and before.startswith("newborn") and not _PUBLIC_MONEY.search(text):
        facet = "newborn_fee"
    if facet != "newborn_fee":
        return None
    own_fee = any(one.kind == "fee" for one in enquiry.policy.rules.newborn)
    return "premium" if enquiry.facts.get("category") and not own_fee else facet
