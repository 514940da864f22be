"""Splitting of a message into its questions; a story stays with the question it leads to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.understanding import CategoryMention, Mention, TierMention

MOST = 4
"""Questions taken from one message; what comes after stays with the last."""

_SENTENCE = re.compile(r"[^。？！；\n]*[。？！；\n]?")
_CONNECTOR = re.compile(
    r"，(?=(?:还有(?:就是|一个|个问题)?|另外|再就是|再有|顺便(?:再)?问|还想(?:再)?问|再问|对了|以及|同时|再请问|"
    r"还要问|另请|并请|也请|第二个?(?:问题)?[，是：]))"
)
_FIRST = re.compile(r"(?<![\d.])1[、.．，)：](?!\d)|①|[（(][1一][）)]|一[是、]|其一|第一[，、：]?")
_NEXT = re.compile(
    r"(?<![\d.])[2-6][、.．，)：](?!\d)|[②③④⑤]|[（(][2-6二三四五][）)]|(?<![十一])[二三四五](?:是(?!否)|、)|"
    r"其[二三四]|第[二三四][，、：]"
)
"""一是…二是…, 1、…2、…: questions that their writer counts."""
_NEW_QUESTION = re.compile(
    r"^(?:还有(?:就是|一个|个问题)?|另外|再就是|再有|顺便(?:再)?问(?:一下|一哈)?|还想(?:再)?问(?:一下)?|"
    r"再问(?:一下|个)?|对了|再请问)[，：]?"
)
ASKING = re.compile(
    r"吗|么(?=$|[，。？！])|(?<!着)呢(?=$|[，。？！])|[？]|(?<!要)(?<!岂)不(?=$|[，。？！]|啊|呀|嘛|哦|哈)|"
    r"(?:了|过|着|到|上|好|有.{1,6})没(?:有|得)?(?=$|[，。？！])|迈(?=$|[，。？！])|噻(?=$|[，。？！])|"
    r"多少|多些钱|几多|(?<![好这前那上头十九八七])几(?:个钱|块|多|号|天|年|点|时|岁|月|份|种|家)|百分之几|几成|好多(?!人|年|家|钱的)|"
    r"好久(?!没|不)|多久|多大|(?<!(?<!有)没)(?<!(?<!有)没[有得])(?:啥(?!的|子的)|什么(?!的))|怎么|怎样|怎办|咋|哪|谁|"
    r"为什么|为啥|凭啥|凭什么|如何|是否|啷个|囊个|浪个|能不能|可不可以|是不是|要不要|有没有|用不用|会不会|行不行|对不对|算不算|"
    r"(?<![\u4e00-\u9fff]不)可(?:要|用|得|给|管|算|会|行|中)(?!是|好|记得|别)|该不该|得不得|收不收|报不报|退不退|"
    r"还是(?=.{1,8}$)|([\u4e00-\u9fff])不\1|([\u4e00-\u9fff])没\2"
)
_TAG = re.compile(
    r"^(?:这|那|你说|到底)?(?:对不对|对吗|对不|是真的吗|真的吗|是不是真的|是吗|是不是|行不行|行吗|行不|可以吗|"
    r"可以不|好不好|好吗|要得不|成不|中不|有没有|咋回事|怎么回事|"
    r"怎么办|咋办|咋整|谁说得对|到底谁说得对|是不是这样|为什么|为啥|凭什么|咋说|怎么说|能行吗|给说说|知道吗|"
    r"晓得不|明白吗)[啊呀呢嘛哦的了]{0,2}[？。！]?$"
)
# A question of its own names what it is about; 最晚哪天 and 各是多少 do not.
_OWN_MATTER = re.compile(
    r"医保|农合|合作医疗|社保|参保|[交缴退补报办领查用停转收挂激]|登记|资助|补贴|补助|待遇|等待|生效|住院|看病|"
    r"门诊|电话|文号|印发|发票|收据|卡|票|"
    r"起付|门槛费|封顶|限额|管到|管多久|截止|到期|开始|户口|居住证|证明|罚|影响|断|涨|档|任务数|办公室|组长|名单|负责|考核|通报|新生儿|资格|算|备案|报备|一声|招呼"
)
_PAUSE = re.compile(
    r"，|(?<=多少)(?=最晚|最迟|到哪天|好久|哪天|几号|啥时候|什么时候|多会儿|怎么[交缴]|咋[交缴]|在哪|去哪)|"
    r"(?<=多少钱)(?=最晚|最迟|到哪天|好久|哪天|几号|啥时候|什么时候|在哪|去哪)|(?<=截止|到期|开始)(?=怎么[交缴]|咋[交缴]|[啷囊浪]个[交缴]|在哪[交缴]|去哪)"
)
"""Where one question may end and the next begin within a sentence."""
_SHORT = 24
_TOLD = re.compile(
    r"(?<!倒是)(?<!给我)(?<!跟我)(?<!帮我)(?<!说)说(?!说|一?下|一声|一哈|清楚)|问(?:我|他|她|你是)|(?:让|叫|喊)我|谁知道|哪(?:晓得|知道|里(?:出得|有|顾|想|舍|敢)|有)|不(?:知道|晓得|"
    r"懂|明白|清楚)|[弄搞闹]不[清明]|说不清|拿不准|以为|听讲|糊涂|"
    r"(?:啥|什么|哪样|任何)[^，。？！]{1,6}[都也](?:没|不)|没(?:人|有谁)|不是舍不得|什么都|啥都|哪个都|谁都|怎么[^，]{0,2}(?:都|也)|多少[^，]{0,2}(?:次|都|也)|"
    r"没有?[^，]{0,4}(?:谁|哪|什么)|几(?:次|天)"
)
_ALTERNATIVE = re.compile(r"^(?:，)?(?:还是|或者|要么)")
_ONLY_WHERE = re.compile(
    r"^(?:要|得|该|又)?(?:去|到|在|找)?(?:哪里|哪儿|哪|怎么|咋)(?:个|头|样)?办(?:理)?[呢嘛啊呀的]?[？。]?$"
)
"""去哪里办 behind 要带啥子 names no matter of its own."""
_HAS_A_FEE = re.compile("补办|补卡|挂失|办卡|开票|发票|证明")
"""卡丢了到哪补，要多少钱: what is asked costs is that very thing."""
_BRIEF = re.compile(r"咋[交缴退弄]")
"""A question complete in two characters."""
_WHOLE = 7
"""Characters up to which a clause that asks of a sum or a day and of nothing else is a question by itself (多少钱, 到几号)."""
_OPINION = re.compile(r"听说|以为|有人[说讲]|想着|寻思|琢磨|讲|说是|不知道|[弄搞闹]不[清明]|说不清|拿不准")
_MATTERS = (
    ("amount", re.compile(r"多少钱|多些钱|收费|[交缴](?:多少|好多)|出多少|掏多少|几个钱|好多钱|几块|几多")),
    (
        "when",
        re.compile(
            r"什么时候|啥时候|啥子时候|多会儿|哪天|几号|几时|截止|到期|最晚|最迟|来得及|多久|好久|多长时间|几天"
        ),
    ),
    (
        "where",
        re.compile(
            r"去哪|到哪(?![天号日月年一])|在哪|哪里|哪儿|怎么[交缴办弄]|咋个?[交缴办弄]|如何[交缴办]|[啷囊浪]个[交缴办弄]|找谁|找哪|"
            r"(?:微信|支付宝|手机|网上|小程序|公众号|银行|信用社|邮政|税务|现金|现钱|村里|村上|社区)[^，。？！]{0,5}[交缴付]"
        ),
    ),
    ("papers", re.compile(r"材料|带啥|带什么|拿啥|拿什么|证件|手续|要啥")),
    ("claim", re.compile(r"管到|管多久|报销|报多少|能报|报得|住院|看病|能用|管用|生效|用得|门诊")),
    ("limit", re.compile(r"起付|门槛费|封顶|限额")),
    ("refund", re.compile(r"退")),
    ("help", re.compile(r"资助|补助|补贴|减免|优惠|少交|照顾")),
    (
        "open",
        re.compile(
            r"还能[交缴]|能不能[交缴]|能[^，。？！]{0,5}[交缴][了上]?[吗么不没]|可以[交缴]|[交缴]得[到成起]?[不吗么]"
        ),
    ),
    ("late", re.compile(r"能补|可以补|补得|补不补")),
    ("who", re.compile(r"是谁|谁是|谁负责|哪个负责|谁牵头")),
    ("notify", re.compile(r"备案|报备|[讲说通知告诉打]一声|打个?招呼")),
    ("seat", re.compile(r"设哪|设在哪|在哪个单位")),
    ("phone", re.compile(r"电话|热线")),
)


@dataclass(frozen=True)
class Part:
    """One question of a message, characters [start, end): its story first, the asking words from `asks` on."""

    start: int
    end: int
    asks: int


def split(text: str, mentions: Sequence[Mention] = ()) -> tuple[Part, ...]:
    """The questions of a text in order, one at least; split only where both sides read as questions of their own."""
    pieces = [piece for sentence in _spans(text) for piece in _connected(text, *sentence)]
    pieces = [piece for sentence in pieces for piece in _clauses(text, *sentence)]
    parts: list[Part] = []
    story = pieces[0][0] if pieces else 0
    for start, end in pieces:
        words = text[start:end]
        if not _asks(words):
            continue
        if (parts and _leans(words, text[parts[-1].start : parts[-1].end], start, end, mentions)) or (
            parts and len(parts) == MOST
        ):
            parts[-1] = replace(parts[-1], end=end)
        else:
            parts.append(Part(story, end, _asks_from(text, start, end)))
        story = end
    if not parts:
        return (Part(0, len(text), 0),)
    parts[-1] = replace(parts[-1], end=len(text))
    return tuple(parts)


_STILL = re.compile("(?:还|正|才)[^，。？！]{0,10}(?<![多几])呢(?=[。！]?$)")
"""现在还吃着低保呢: 呢 at the end of what is told."""


def _asks(words: str) -> bool:
    """Whether a sentence asks: it ends so, or its last clause does and is not what somebody said or did not know."""
    words = _told_so(words)
    if words.rstrip("\n").endswith("？") or _TAG.match(words):
        return True
    clauses = [clause for clause in re.split("[，；]", words.strip("。！；，\n ")) if clause]
    if len(words) <= _SHORT:
        return bool(ASKING.search(words)) and not (clauses and _TOLD.search(clauses[-1]))
    return bool(clauses) and bool(ASKING.search(clauses[-1])) and not _TOLD.search(clauses[-1])


def _told_so(words: str) -> str:
    """The sentence without a 呢 that asks nothing: one behind 还 or 正, where its clause has no other word of asking."""
    told = _STILL.search(words.rstrip())
    if told is None or ASKING.search(told.group()[:-1]):
        return words
    return f"{words[: told.end() - 1]}{words[told.end() :]}"


def _asks_from(text: str, start: int, end: int) -> int:
    """Where the first clause that asks begins; what stands before it is the story."""
    position = start
    for clause in re.split("(?<=[，；])", text[start:end]):
        if ASKING.search(clause) and not _OPINION.match(clause):
            return position
        position += len(clause)
    return start


def _spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _SENTENCE.finditer(text) if m.group()]


def _connected(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut before 还有, 另外, 顺便问 …, and where its questions are counted."""
    cuts = [m.end() for m in _CONNECTOR.finditer(text, start, end)]
    if first := _FIRST.search(text):
        cuts += [m.start() for m in _NEXT.finditer(text, max(start, first.end()), end)]
    return _between(start, end, sorted(set(cuts)))


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut at a comma where both sides ask, and ask of different matters; 交多少哪天截止 needs no comma."""
    commas = [m.end() for m in _PAUSE.finditer(text[start:end])]
    cuts: list[int] = []
    for comma in (start + c for c in commas):
        left = text[(cuts[-1] if cuts else start) : comma]
        right = _PAUSE.split(text[comma:end])[0]
        if _both_ask(left, right):
            cuts.append(comma)
    return _between(start, end, cuts)


def _between(start: int, end: int, cuts: list[int]) -> list[tuple[int, int]]:
    edges = [start, *cuts, end]
    return [(a, b) for a, b in itertools.pairwise(edges) if a < b]


def _both_ask(left: str, right: str) -> bool:
    last = _PAUSE.split(left.rstrip("，"))[-1]
    if not (ASKING.search(last) and ASKING.search(right)) or any(_too_short(one) for one in (last, right.rstrip("，"))):
        return False
    if _TAG.match(right) or _ALTERNATIVE.match(right) or _OPINION.search(last):
        return False
    here, there = _matters(last), _matters(right)
    if (here == {"papers"} and _ONLY_WHERE.match(right)) or (there == {"amount"} and _HAS_A_FEE.search(last)):
        return False
    apart = bool(here and there) and (not here & there or _day_and_cover(here, there))
    return apart and (bool(_OWN_MATTER.search(right)) or _complete(right, here, there))


def _too_short(words: str) -> bool:
    return len(words) < 3 and not _BRIEF.fullmatch(words)


def _complete(words: str, here: set[str], there: set[str]) -> bool:
    """交多少，最晚到哪天: a sum and a day are two questions, however short the second; 还能交吗，多少钱: a few words of a sum."""
    brief = len(words) <= _WHOLE and (there == {"amount"} or (there == {"when"} and "open" in here))
    return brief or ("amount" in here | there and "when" in here | there)


def _day_and_cover(here: set[str], there: set[str]) -> bool:
    """哪天截止，管到啥时候: until when one pays and until when it covers are two days."""
    return "when" in here & there and ("claim" in here) != ("claim" in there)


def _matters(words: str) -> set[str]:
    return {name for name, pattern in _MATTERS if pattern.search(words)}


def _leans(words: str, before: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a piece is no question of its own but leans on the one before: 对吗, 最晚哪天, 还是要先备案."""
    bare = _NEW_QUESTION.sub("", words)
    if _TAG.match(bare) or _ALTERNATIVE.match(bare):
        return True
    named = [m for m in mentions if isinstance(m, CategoryMention | TierMention) and start <= m.span.start < end]
    if named and len(bare) <= 14:
        return False
    here, there = _matters(before), _matters(bare)
    if here and there and not here & there and _complete(bare, here, there):
        return False
    return not _OWN_MATTER.search(bare) or _too_short(bare.rstrip("？。！"))
