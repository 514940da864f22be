"""Why somebody cannot pay: nothing is taken in on that day, or the helped wait for a window of their own."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from policy_kb.conditions import All, InCategory
from policy_kb.model import Answer

_FAILS = re.compile(
    "[交缴付](?:费|钱|款)?不(?:了|上(?!职工)|成|进去?|出去)|[交缴付](?:费|钱|款)?(?:失败|不成功)"
    "|(?:不让|不给|没法|无法|不能)(?:[交缴]|付款|付费|支付)"
)
"""交不了费, 不让交; 交不起 is no trouble of this kind."""
_NAMED = re.compile("查|搜|错|不对|信息|记录|密码|验证|网|卡|余额|扣|账|登|打不开|没反应|职工|重复")
"""Words that name another cause of it."""
_WAITS = re.compile(
    "等[^，。？！]{0,8}(?:窗口|通道|入口|端口|系统)|(?:特殊|专门|专用|单独|困难)[^，。？！]{0,5}(?:窗口|通道|入口|端口)"
)
"""村里说得等啥窗口."""
_MAY_NOW = re.compile(
    "(?:这会儿?|现在|眼下|目前|今天|今儿个?|马上|立马|先)[^，。？！]{0,5}(?:能|可以|可不可以)[^，。？！]{0,4}(?:[交缴](?!多|好|几)|付款)"
)
"""他这会儿就能交不."""
_OF_PAYING = ("how_to_pay", "pay_", "window", "waiting_period", "assistance_how", "contact")


def facet_of_trouble(enquiry: Enquiry) -> str | None:
    """The facet that tells why one cannot pay; None where that is not asked, or is told under the facet heard."""
    text = enquiry.question.text
    if not enquiry.facet.startswith(_OF_PAYING):
        return None
    fails = bool(_FAILS.search(text))
    today = enquiry.standing(enquiry.today) if fails else None
    state = today.state if today else None
    if state == "closed_days":
        return "window"
    if (fails or _WAITS.search(text) or _MAY_NOW.search(text)) and any(
        _of_their_window(one, enquiry) for one in enquiry.policy.rules.answers
    ):
        return "assistance_how"
    barred = state in ("before", "after") and not _NAMED.search(text)
    return "window" if barred and enquiry.facet.startswith("pay_problem") else None


def _of_their_window(said: Answer, enquiry: Enquiry) -> bool:
    """Whether a statement tells when those of this person's category can pay."""
    parts = said.when.parts if isinstance(said.when, All) else (said.when,)
    of_category = any(isinstance(one, InCategory) for one in parts) and said.when.holds(enquiry.facts) is True
    return of_category and {"assistance_how", "window"} <= set(said.facets)
