"""What sounds like another office's matter, but may be spoken of in the notice: employees' insurance, other affairs."""

from __future__ import annotations

import re

from dialogues.follow_up import Reading
from dialogues.topics.small_talk import SMALL_TALK
from nlu.understanding import Question

CERTAIN = 0.6
"""Confidence from which such a matter is not looked up in the notice."""
HEARD_AT_ALL = 0.03
"""Confidence from which a matter of the notice may be meant all the same."""
_BORDERING = frozenset({"employee_insurance", "other_affairs"})
_PAYS_FOR = re.compile("(账户|卡里|卡上|余额).{0,16}(替|给|帮|代|来)?.{0,4}[交缴付]")
"""家人职工医保卡里的钱替我交: a way to pay for this insurance, however much the other one is spoken of."""
_OF_THE_CARD = re.compile("[医社]保[卡账]|账户|余额|共济|卡[里上内]")


def facet_here(question: Question, reading: Reading) -> str | None:
    """The facet under which a bordering matter is looked up in the notice; None where it is plainly not meant."""
    sure = reading.confidence > CERTAIN and not _PAYS_FOR.search(question.text)
    if reading.facet not in _BORDERING or sure:
        return None
    if _OF_THE_CARD.search(question.text):
        return "card"
    near = (one.facet for one in question.ranking if one.facet not in SMALL_TALK and one.confidence >= HEARD_AT_ALL)
    return next(near, None)
