"""What is denied (不是低保, 没得啥子残疾) and what is only supposed (要是特困) in the words before a mention."""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(r"[，。？！；：\n]")
_FILLER = (
    r"(?:啥子?|什么|那个|这个|个|的|哪门子|任何|本地|家里?|我们?|他|她|吃|享受|算|属于|评上|过|办|办上|进|纳入|"
    r"在|再|要|用|想|想用|会|会用|能用|通过|当|当过|做过|拿|领|评|批下来?|批上?|认定[上为成]?|申请[到过]?)"
)
_DENIED = re.compile(
    rf"(?:(?<!是)不是|(?<!有)没有|(?<!算)不算|(?<!属于)不属于|(?<![有来还])没得|(?<!有)(?<!吃)没(?!想到|收到|"
    rf"通知|准)|并非|又?非|未|没在|(?<!在)不在|不再(?:是|属于|享受|吃|算)|(?<![是要能会可])不(?:享受|拿|领|够)|"
    rf"[算够谈称评轮]不[上着到]|(?<!有)没有?资格|退出了?|取消了|停了){_FILLER}{{0,3}}$"
)
# A bare 不 denies the verb that the words begin with: 不|在本地住, 不|吃低保.
_BARE_NOT = re.compile(r"(?<![是要能会可])不(?:想|再|能|用|通过|属于|算)?$")
_VERBS = "吃在算用会享属微支现银刷手"
_LISTED = re.compile(r"^(?:、|和|跟|或者?|以及|还是|残|户|对象|家庭|人员|也|啥的|那些|这些|什么的){0,4}$")
_REVOKED = re.compile(
    r"^(?:这|上个?|给|被|都|已经|刚|也|早就|早|又|后来|就|户|资格|待遇|身份|今年|去年|前年|[月年]){0,5}"
    r"(?:取消|注销|退了|没了|停了|不吃了|撤了|清退|退出|不是了|掉了)"
)
_PENDING = re.compile(
    r"^(?:户|对象|证|资格|身份|申请|的|名额|指标|，)?(?:也|都|还|一直|还是|到现在|至今|今年|现在|材料|说|可|但|但是|就是){0,3}"
    r"(?:(?:没有?|未|不)(?:给|能|见|被)?(?:我们?|俺们?|他|她)?(?:评|批|认定|审|吃上|进去|下来|通过|办(?=上|下来|成|好|到))|"
    r"(?:评|批|办|吃)不(?:上|下来|成|到|了)|(?:正在|在|刚刚?)(?:申请|审|公示|走程序|走流程)|(?:正在|还在)办)"
)
_APPLYING_NOW = re.compile(
    r"(?:正在?|在|准备|打算|刚刚?|才)(?:申请|争取)(?:了|着|个|过)?$|(?<![有没])(?:想|准备|打算)(?:办|吃|评|弄)?个?$"
)
_APPLYING = re.compile(r"(?:申请|争取|报)(?:了|着|个|过)?$")
_SUPPOSED = re.compile(r"要是|如果|假如|假设|万一|倘若|若是|假使|换成|换作")


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the words at [start, end) are denied in their own clause; 是不是低保 and 有没有低保 deny nothing."""
    before = _CLAUSE_END.split(text[:start])[-1]
    bare = text[start] in _VERBS and bool(_BARE_NOT.search(before))
    return bare or bool(_DENIED.search(before)) or bool(_REVOKED.match(text[end : end + 14]))


def is_pending(text: str, start: int, end: int) -> bool:
    """Whether the words at [start, end) are applied for and not granted: 低保还没批下来, 申请了低保，还没评."""
    before = _CLAUSE_END.split(text[:start])[-1]
    following = _PENDING.match(text[end : end + 16])
    if following is None:
        return bool(_APPLYING_NOW.search(before))
    apart = "，" in following.group()
    return not apart or bool(_APPLYING.search(before)) or "还" in following.group()


def continues(text: str, end: int, start: int) -> bool:
    """Whether the words between two mentions only list them, so that what denies the first denies the second."""
    return bool(_LISTED.match(text[end:start]))


def is_supposed(text: str, start: int) -> bool:
    """Whether the clause only supposes what stands at `start`: 要是特困呢."""
    return bool(_SUPPOSED.search(_CLAUSE_END.split(text[:start])[-1]))
