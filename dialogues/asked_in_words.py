"""The facet that the very words of a question name, where they say more than the classifier heard."""

from __future__ import annotations

import re
from datetime import date

from dialogues.enquiry import Enquiry
from dialogues.paying_trouble import facet_of_trouble
from dialogues.topics.instalments import asks_in_parts
from nlu.understanding import AgeMention, DateMention, FactMention
from policy_kb.model import Rules

_SHARE = re.compile(r"\d\s*[%％]|百分之|参保率")
_UNREGISTERED = re.compile(
    "没(?:有)?(?:上|报|落|入)(?:上|了|到)?(?:户|户口)|户口(?:还|都)?没(?:有)?(?:上|报|落|办)|没(?:有)?(?:取|起)?(?:名字|名儿|大名)"
)
_CHILD = re.compile("娃|孩子|宝宝|小孩|儿子|闺女|女儿|丫头|幺儿|孙")
USABLE_WHEN = re.compile(
    "(?:啥子?时候|什么时候|哪天|哪个?月|几时|好久|多久|从几号|几号|多会儿?)(?:以后|之后|才|就|开始|起|算)*(?:能|可以|得)?"
    "(?:报(?!名|告|送|上|到账|下来)|享受|生效|管?用)"
)
"""那几号能报: the first day of cover is asked for."""
_BY_WHOM = re.compile(
    "(?:是|由|归|钱|费)(?:谁|哪个|哪级|哪一级)(?:出|掏|给出|承担)|(?:谁|哪个|哪级|哪一级)(?:出|掏|承担)的"
    "|(?:县里?|市里?)(?:出|掏|给)?[^，。？！]{0,3}还是[^，。？！]{0,4}(?:省|国家|市|镇)"
)
_BEARS = re.compile(
    "(?:补助|补贴|补的|国家补|财政|公家).{0,12}(?:一起[交缴]|一块[交缴]|也(?:要|得)[交缴出掏]|自己[出掏交缴承]|个人[出掏交缴承]|要我[出掏交])"
)
_NOT_FOUND = re.compile(
    "(?:查|搜|找|显示|看|刷)[^，。？！]{0,3}不(?:着|到|出|见|了)[^，。？！]{0,10}(?:咋|怎么?|啷个|囊个)|(?:查无|没有?)[^，。？！]{0,6}(?:信息|记录|这个人)[^，。？！]{0,4}(?:咋|怎么?|啷个|囊个)"
    "|(?:要是|万一|如果|假如|若是)[^，。？！]{0,8}(?:查|搜|找|显示|看|刷)[^，。？！]{0,3}不(?:着|到|出|见|了)[^，。？！]{0,12}[呢咧哩嘞][？?]*$"
)
"""查不着我的参保信息咋办: what to do is asked, not what the record holds."""
_STILL_AIDED = re.compile("还(?:给|能|有)?补(?:贴|助)?[吗不么没]|还(?:享受|有)(?:补|资助)|补到(?:几|多大)")
"""孩子满18了还补吗: help that ends with an age."""
_SUM = re.compile("[交缴掏出](?:多少|好多|几个|几块)")
_IN_ADVANCE = re.compile("先|垫|退|领|到账")
_LATER = re.compile("要是|如果|万一|假如|才[交缴补]|再[交缴补]|拖到|呢[？?]*$")
_AGAIN = re.compile("(?:还|再|又)[^，。？！]{0,5}(?:交|缴|参|买)|重复|两边")
_OF_PAYING = frozenset(
    {
        "student",
        "eligibility",
        "premium",
        "compulsory",
        "window",
        "window_late",
        "my_record",
        "whole_household",
        "pay_proxy",
    }
)


def facet_by_words(enquiry: Enquiry) -> str | None:
    """The facet meant; None where the words name no other than the classifier's."""
    text, facet = enquiry.question.text, enquiry.facet
    if trouble := facet_of_trouble(enquiry):
        return trouble
    if facet.startswith("newborn") and _SHARE.search(text) and not _speaks_of(enquiry, "newborn"):
        return "target"
    if facet == "premium_tiers" and asks_in_parts(text):
        return "premium"
    if facet == "eligibility" and _UNREGISTERED.search(text) and _CHILD.search(text):
        return "newborn_how"
    if _STILL_AIDED.search(text) and enquiry.question.of(AgeMention):
        return "assistance"
    if facet.startswith("window") and _SUM.search(text) and not enquiry.facts.get("category") and _open_then(enquiry):
        return "premium"
    if facet.startswith("window") and USABLE_WHEN.search(text):
        return "coverage"
    if facet in ("premium", "assistance", "premium_total") and _BEARS.search(text):
        return "window_late"
    if facet in ("premium", "assistance") and _BY_WHOM.search(text):
        return "assistance_how"
    if (
        facet == "assistance_how"
        and enquiry.facts.get("category")
        and _SUM.search(text)
        and not _IN_ADVANCE.search(text)
    ):
        return "assistance"
    if facet in _OF_PAYING and enquiry.said.get("insured_elsewhere") is True and _AGAIN.search(text):
        return "duplicate"
    if facet == "my_record" and _NOT_FOUND.search(text):
        return "pay_problem"
    if facet.startswith("window") and _price_then(enquiry):
        return enquiry.state.facet
    return None


def bears_subsidy_too(text: str) -> bool:
    """Whether it is asked if the public subsidy has to be paid as well (连国家补的一起交)."""
    return bool(_BEARS.search(text))


def _open_then(enquiry: Enquiry) -> bool:
    """Whether one can pay on the day that was said: then 5月份补交多少 asks for the sum."""
    day = enquiry.said.get("paid_on")
    state = enquiry.standing(day) if isinstance(day, date) else None
    return state is not None and state.state == "open"


def _speaks_of(enquiry: Enquiry, fact: str) -> bool:
    return any(isinstance(one, FactMention) and one.fact == fact for one in enquiry.question.mentions)


def _price_then(enquiry: Enquiry) -> bool:
    """要是2月才交呢, after a price: what is then paid, where the notice's prices hang on the day."""
    asked = (enquiry.state.facet or "").startswith(("premium", "assistance")) and enquiry.state.facet != "premium_total"
    dated = bool(enquiry.question.of(DateMention)) and "paid_on" in enquiry.said
    return asked and dated and bool(_LATER.search(enquiry.question.text)) and _prices_by_day(enquiry.policy.rules)


def _prices_by_day(rules: Rules) -> bool:
    return any("paid_on" in one.when.needs for one in (*rules.premium, *rules.assistance))
