"""What a message asks in so many words, where the classifier is in doubt: 她交好多, 找哪个问, 隔壁老张交了没."""

from __future__ import annotations

import re

from nlu.understanding import Question

DOUBT = 0.35
"""Confidence under which the very words are the better witness."""
_ENDS = "[钱啊呢嘛哦呀噻嘞么吗了的]{0,3}[？?。！!]*$"
_WORDS = (
    ("premium", re.compile(f"(?:要|该|得|到底|一年|每年|今年|明年)*[交缴掏出](?:好多|多少|几多|多些|几个?钱|几块){_ENDS}")),
    ("contact", re.compile(f"(?:找|去|到|向|跟)(?:哪个|谁|哪里|哪儿|哪|啥单位|什么部门)(?:能|去|那)?(?:问|打听|咨询|反映)[得到清楚]*{_ENDS}")),
    ("my_record", re.compile("(?:隔壁|邻居|对门|[他她]喊我|替[他她]|帮[他她])[^。？！]{0,14}[交缴]了?(?:没|吗|不)")),
    ("newborn_deadline", re.compile("(?:媳妇|老婆|婆娘|闺女|我家?|号|夜里|昨天|早上)[^，。？！]{0,6}(?:刚)?生了(?!病)")),
    ("newborn_deadline", re.compile("(?:小家伙|毛毛|新生|刚出生|才落地)[^。？！]{0,10}(?:医保|农合)")),
    ("refund", re.compile(f"(?:要|拿|退|讨|找|扯|弄|追)得?回来?(?:不|没|吗|吧|得了)?{_ENDS}")),
)  # fmt: skip
HALF = 0.6
_LAST_PAID = re.compile("上一?[回次][^，。？！]{0,6}(?:啥|什么|哪|几|多会儿|好久)[^，。？！]{0,4}[交缴]")
"""上一回俺是啥日子交的."""
_GREETS = re.compile(
    "(?:嘿|喂|哈喽|嗨|你好|哎)?[，,]?(?:(?:在不在|在吗|有人[在没吗不]*|吃(?:了|饭)没?[有啊呀]?)[，,]?){1,2}[？?。！!]*"
)

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
    return next((facet for facet, words in _WORDS if words.search(question.text)), None)
