"""What a message asks in so many words, where the classifier is in doubt: 她交好多, 找哪个问, 隔壁老张交了没."""

from __future__ import annotations

import re

from nlu.understanding import DateMention, KinMention, PeopleMention, Question

DOUBT = 0.35
"""Confidence under which the very words are the better witness."""
_ENDS = "[钱啊呢嘛哦呀噻嘞么吗了的]{0,3}[？?。！!]*$"
_WORDS = (
    ("staff_duty", re.compile("对(?:一次|一下|个)?账")),
    ("premium", re.compile(f"(?:要|该|得|到底|一年|每年|今年|明年)*[交缴掏出](?:好多|多少|几多|多些|几个?钱|几块){_ENDS}")),
    ("contact", re.compile(f"(?:找|去|到|向|跟)(?:哪个|谁|哪里|哪儿|哪|啥单位|什么部门)(?:能|去|那)?(?:问|打听|咨询|反映)[得到清楚]*{_ENDS}")),
    ("my_record", re.compile("(?:隔壁|邻居|对门|[他她]喊我|替[他她]|帮[他她])[^。？！]{0,14}[交缴]了?(?:没|吗|不)")),
    ("newborn_deadline", re.compile("(?:媳妇|老婆|婆娘|闺女|我家?|号|夜里|昨天|早上)[^，。？！]{0,6}(?:刚)?生了(?!病)")),
    ("newborn_deadline", re.compile("(?:小家伙|毛毛|新生|刚出生|才落地)[^。？！]{0,10}(?:医保|农合)")),
    ("whole_household", re.compile("(?:全家|一家|家里|一个户口本)[^，。？！]{0,6}都(?:得|要|必须|该)(?:参保|参加|[交缴])[^，。？！]{0,4}[吗么不]")),
    ("compulsory", re.compile("(?:都|必须|一定|非)(?:得|要|必须|该)?(?:参保|参加|[交缴])[^，。？！]{0,4}[吗么不]")),
    ("window_late", re.compile("(?:[交缴补]的话|[才再晚][交缴补])[^。？！]{0,6}(?:补助|补贴|财政)[^，。？！]{0,4}(?:有没得?|还有|没)")),
    ("refund", re.compile(f"(?:要|拿|退|讨|找|扯|弄|追)得?回来?(?:不|没|吗|吧|得了)?{_ENDS}")),
)  # fmt: skip
HALF = 0.6
_LAST_PAID = re.compile("上一?[回次][^，。？！]{0,6}(?:啥|什么|哪|几|多会儿|好久)[^，。？！]{0,4}[交缴]")
"""上一回俺是啥日子交的."""
_GREETS = re.compile(
    "(?:嘿|喂|哈喽|嗨|你好|哎)?[，,]?(?:(?:在不在|在吗|有人[在没吗不]*|吃(?:了|饭)没?[有啊呀]?)[，,]?){1,2}[？?。！!]*"
)

_LOST = re.compile(
    "(?:保险|医保|社保|卡|证|本子?|册)[^，。？！]{0,4}(?:掉|丢|遗失|弄没|搞落|不见|找不[到着])了?[^。？！]{0,10}(?:补|挂失)"
)
"""保险卡掉了可以补吗: a lost card, and no payment that was missed."""
_PAID_OUT = re.compile(
    "(?:返|退|补贴|补助|贴)[^。？！]{0,16}(?:到[^，。？！]{0,4}[卡账帐]|打(?:到|卡|进|给)|发(?:到|下来|放)|到手|下来|领)[^。？！]{0,16}(?:时候|多久|好久|哪天|几号|几时|迟迟|还没|咋还|怎么还|没到|不到)"
)
"""返的钱什么时候到卡上: when a subsidy is paid out."""
_WRONG_DATA = re.compile(
    "(?:险种|参保地[区址]?|姓名|名字|(?:参保|登记|个人|身份)信息|身份证号?码?|证件号码?)"
    "[^，。？！]{0,8}(?:[写录登弄填搞输打]错|错了|是错的|不对(?!劲)|有误|不是[我俺咱])"
)
"""险种写错了, 姓名不对: what is shown of a person is wrong, whatever shows it."""
_OF_DATA = ("how_to_pay", "pay_receipt", "pay_proxy", "my_record", "contact", "commercial", "card", "how_to_register")
_OF_MONEY = ("card", "premium", "benefits", "pay_problem", "my_record", "window")


_OF_COMMERCE = re.compile(
    "商业|商保|保险公司|投保|理赔|赔付|赔偿|重疾|意外|险种|(?<!保)险|互助|业务员|推销|保额|现金价值|买(?:份|个)?保险|平安|人寿|太平洋|泰康|惠.{0,2}保"
)
"""Words of trade; 保险 alone may be this insurance."""


def names_commercial(text: str) -> bool:
    """Whether commercial insurance is spoken of at all; what sounds like it and does not is something else."""
    return bool(_OF_COMMERCE.search(text))


def facet_in_words(question: Question) -> str | None:
    """The facet; None where the classifier is sure enough, or the words do not say."""
    best = question.best
    if best.facet == "off_topic" and _GREETS.fullmatch(question.text):
        return "greet"
    if best.confidence < HALF and _LAST_PAID.search(question.text):
        return "my_record"
    if best.confidence >= DOUBT:
        return None
    if best.facet == "other_affairs" and any(one.role == "birth" for one in question.of(DateMention)):
        return next((one.facet for one in question.ranking if one.facet.startswith("newborn")), None)
    return next((facet for facet, words in _WORDS if words.search(question.text)), None)


_SUM_OF_ALL = re.compile(
    "(?:一共|总共|拢共|合计|加起来|加一[块起])[^，。？！]{0,6}(?:交|缴|掏|出|要|得)[^，。？！]{0,3}(?:多少|好多|几)(?:钱|块|$|[，。？！呢])|(?:一共|总共|拢共|合计)[？?。]*$"
)
_OF_ONE = frozenset(
    {"employee_insurance", "other_affairs", "off_topic", "student", "duplicate", "whole_household", "eligibility"}
)
"""What the circumstances of one of a household are heard as, where the sum of all is asked."""


def facet_for_certain(question: Question) -> str | None:
    """The facet that the words leave no doubt of, however sure the classifier is of another one."""
    heard = question.best.facet
    several = bool(question.of(PeopleMention)) or len(question.of(KinMention)) > 1
    if heard in _OF_ONE and several and _SUM_OF_ALL.search(question.text):
        return "premium"
    if heard.startswith("window") and _LOST.search(question.text):
        return "card"
    if heard in _OF_DATA and _WRONG_DATA.search(question.text):
        return "pay_problem"
    return "assistance_how" if heard in _OF_MONEY and _PAID_OUT.search(question.text) else None
