"""A statement of the notice that fits the very question, told in place of what is computed for anybody (等待期从哪天算)."""

from __future__ import annotations

import re

from dialogues.enquiry import Enquiry
from dialogues.finder import Found
from dialogues.reply import Part
from dialogues.topics.premium import premium
from dialogues.topics.statement import AHEAD, EXACT, StatementContext, facets_of, ranked, statement, told

_BARE = re.compile(
    "有没有?|要不要|用不用|需不需要|是不是|等待期|医保|居民|城乡|参保|要|等|有|吗|么|呢|不|啊|[，。？！,.?! ]"
)
"""What a question on the wait itself is made of: whatever is left asks something of it."""
_SHORTEST = 2
_APART = re.compile("(?:相?差|多[交缴出掏]|贵)(?:得|了)?(?:多少|好多|几多|几块|几个钱)")
"""差好多, after the tiers: what lies between them."""
_PRICE = re.compile("多少|好多|几块|几个钱|(?<!差)价(?!差)|[交缴]几")


def leading(enquiry: Enquiry) -> Part | None:
    """The statement on the facet asked that is nearly the words of the question, and no other one is; None where none is."""
    if len(_BARE.sub("", enquiry.question.text)) < _SHORTEST or enquiry.follow_up:
        return None
    found = enquiry.finder.statements(enquiry.policy, enquiry.words)
    first, *others = found or (None,)
    if first is None or first.score < EXACT or enquiry.facet not in facets_of(first):
        return None
    if any(one.score > first.score - AHEAD and _other(one, first) for one in others):
        return None
    said = first.answer or first.silence
    return told(enquiry, (first,)) if said and said.when.holds(enquiry.facts) is not False else None


def tiers(enquiry: Enquiry) -> Part:
    """What the notice says of its tiers; their prices where these are asked for, or it says nothing that fits."""
    text = enquiry.question.text
    bare = enquiry.follow_up and (bool(enquiry.question.mentions) or not enquiry.question.residue)
    one_asked = bare or bool({"tier", "category"} & set(enquiry.facts)) or bool(_PRICE.search(text))
    if one_asked and not _APART.search(text):
        return premium(enquiry)
    found = ranked(enquiry)
    said = (found[0].answer or found[0].silence) if found else None
    if said is None or enquiry.facet not in said.facets:
        return premium(enquiry)
    part = statement(enquiry)
    return part if isinstance(part.context, StatementContext) or part.citations else premium(enquiry)


def _other(one: Found, first: Found) -> bool:
    """Whether two finds say different things: one that the notice says something, the other that it does not."""
    return (one.answer is None) != (first.answer is None)
