"""Statements of the notice (answers, silences, clauses) found by search: everything that is not computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dialogues.enquiry import Enquiry
from dialogues.finder import Found
from dialogues.reply import Context, Part
from dialogues.topics.asking_clauses import first_clause, of_one_matter, of_the_other_clauses, wordings
from dialogues.topics.bearing import HOW_TO_PAY, by_channel, channels_named, of_the_matter, of_the_place, towns
from dialogues.topics.duty import not_its_own, office_asked, speaks_of
from dialogues.topics.not_covered import not_covered
from nlu.understanding import CategoryMention
from policy_kb.citation import each_once
from policy_kb.model import Answer, Silence

SURE = 0.5
"""Score from which a statement is given although it serves another facet."""
LIKELY = 0.3
"""Score from which a statement of the very facet asked is given."""
BESIDE = 0.36
"""Score by the words alone from which a statement stands beside a computed answer."""
AHEAD = 0.08
"""By so much a silence must score better than an answer, to stand alone."""
WORDS = 0.12
"""Score by the words alone under which no statement is given, however sure its facet."""
FACET = 0.35
"""What the facet's confidence adds to a statement that serves it."""
MEETS = 0.1
"""What it adds that a statement is made for just this person."""
CHIEF = 0.06
"""What it adds to a statement on the targets that it is first of all on them, not on the work for them."""
CLOSE = 0.85
"""A second statement is added where it scores at least this share of the first."""
CLAUSE = 0.55
"""Score from which a clause is quoted where no statement fits."""
AGAIN = 0.3
"""What it takes from a statement on the work of staff, the notice or benefits that the last reply told it."""
ASTRAY = 0.3
"""What it takes from a statement on another matter where it is plain which matter is meant."""
EXACT = 0.75
"""Score from which a statement on another matter takes the place of a computed figure."""
BESIDE_UNSAID = 0.55
"""The same for what the notice does not say."""
BESIDE_OTHER = 0.48
"""The same for a statement on another matter than the one asked about."""
_BY_WHAT = re.compile(
    "为啥|为什么|凭啥|(?:咋|怎么)(?:会|能|就|还)?(?:跟|和|比|没|不|是|这么|那么|恁)|不是[^，。？！]{1,10}[算定]|部门|哪年|去年|按什么|按啥|凭|依据|口径|怎么[算定]|咋[算定]|怎么来|为准|包括|多少算|最多|最少|一共几|哪些"
)
"""Words by which a question on the targets asks more than the figures of its table."""
_OF_THE_SAME = re.compile("^(?:那|要|得)?(?:报|交|送)?(?:给谁|到哪|哪里|哪天|几号|几份|谁报|谁交)")
"""Words that ask more of the very statement told before (报给谁)."""
_TREATMENT = 2
"""Characters of a bare 住院呢, 门诊呢, which asks how much of it is paid."""
_BY_WORDS = ("staff", "target", "compulsory", "whole_household", "eligibility", "student", "pay_", "how_to")
"""Beginnings of the facets under which the new words of a follow-up (服刑的呢) say more than those of the question before."""
_LATER = re.compile("再?(?:以后|往后|今后|日后|之后|后面)(?:每个?月)?")
"""往后有新增的呢, after a first day for the lists: what is done from month to month."""
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True)
class StatementContext(Context):
    """The statements; `first` is the first one's headline, `unsaid` what the notice does not say of the matter."""

    template = "statement"
    first: str
    answers: tuple[Answer, ...]
    unsaid: Silence | None


@dataclass(frozen=True)
class ClauseContext(Context):
    """The notice's own words where no statement was written for the question."""

    template = "clause"
    clause: str
    words: str
    hotline: str


def statement(enquiry: Enquiry) -> Part:
    """The statement that answers; a clause quoted where none does; else not_covered with whom to ask."""
    office, found = office_asked(enquiry), ranked(enquiry)
    if office:
        found = tuple(one for one in found if (said := one.answer or one.silence) and speaks_of(said, office))
    if found and _good(enquiry, found[0]):
        return told(enquiry, found)
    if office:
        return not_covered(enquiry, first=f"通知没有写{office}做什么")
    clauses = enquiry.finder.clauses(enquiry.policy, enquiry.words)
    if clauses and clauses[0].score >= CLAUSE and clauses[0].clause:
        cite = clauses[0].clause
        return Part(enquiry.facet, "answered", ClauseContext(cite.clause, cite.quote, enquiry.kb.hotline), (cite,))
    return not_covered(enquiry)


def exact(enquiry: Enquiry) -> Part | None:
    """A statement on another matter than the figure computed, in nearly the words asked; None where there is none."""
    found = ranked(enquiry)
    said = found[0].answer if found else None
    other = said is not None and not set(said.facets) & {"premium", "assistance"}
    return told(enquiry, found) if other and found[0].score >= EXACT else None


def beside(enquiry: Enquiry, told_already: Callable[[], str]) -> tuple[Answer | Silence, ...]:
    """A statement that fits the words so well that it is told beside a computed answer; empty where none does.

    One whose figures all stand in `told_already` would only repeat it.
    """
    found, text = ranked(enquiry), enquiry.question.text
    if enquiry.facet == "target":
        found = tuple(one for one in found if (said := one.answer or one.silence) and of_the_place(said, enquiry))
    if not found or (enquiry.facet == "target" and towns(enquiry) and not _BY_WHAT.search(text)):
        return ()
    likely = {one.facet: one.confidence for one in enquiry.question.ranking}
    said = found[0].answer or found[0].silence
    least = BESIDE if isinstance(said, Answer) else BESIDE_UNSAID
    if not of_one_matter(enquiry.facet, facets_of(found[0])):
        least = max(least, BESIDE_OTHER)
    if said is None or not of_the_place(said, enquiry) or not of_the_matter(said, enquiry):
        return ()
    if found[0].score - FACET * _confidence(found[0], likely) < least:
        return ()
    figures = set(_FIGURE.findall(f"{said.first}{said.say or ''}"))
    repeats = isinstance(said, Answer) and bool(figures) and figures <= set(_FIGURE.findall(told_already()))
    return () if repeats else (said,)


def ranked(enquiry: Enquiry) -> tuple[Found, ...]:
    """The statements that may hold for this person, best first; those of likely facets gain."""
    likely = {one.facet: one.confidence for one in enquiry.question.ranking}
    likely[enquiry.facet] = max(likely.get(enquiry.facet, 0.0), 0.5)
    if enquiry.follow_up and enquiry.facet.startswith(("staff", "target")) and enquiry.question.of(CategoryMention):
        likely = {enquiry.facet: likely[enquiry.facet]}  # a few words as 优抚的呢 rank nothing
    best: dict[str, Found] = {}
    office = office_asked(enquiry)
    for words, weight in (*wordings(enquiry.words), *_followed(enquiry)):
        for one in enquiry.finder.statements(enquiry.policy, words):
            said = one.answer or one.silence
            if said is None or said.when.holds(enquiry.facts) is False:
                continue
            fits = _fits(said, enquiry)
            score = (
                one.score * weight
                + FACET * _confidence(one, likely)
                + fits
                + CHIEF * (enquiry.facet == "target" == said.facets[0] and not enquiry.follow_up)
                - _again(said, enquiry)
                - _astray(one, enquiry)
                - not_its_own(said, enquiry, office)
                + by_channel(said, enquiry)
            )
            if said.id not in best or best[said.id].score < score:
                best[said.id] = Found(score, one.answer, one.silence, one.clause)
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def told_ids(part: Part) -> tuple[str, ...]:
    """The ids of the statements of a part, so that a follow-up on another matter does not get them again."""
    return tuple(one.id for one in part.context.answers) if isinstance(part.context, StatementContext) else ()


def _again(said: Answer | Silence, enquiry: Enquiry) -> float:
    """What it takes that a statement was told just before: 以后每月呢 asks for another one."""
    new = (
        enquiry.follow_up
        and enquiry.facet.startswith(("staff", "notice", "benefits", "pay_proxy", "how_to_register"))
        and not enquiry.question.of(CategoryMention)
        and not _OF_THE_SAME.match(enquiry.question.text)
    )
    named = len(enquiry.question.residue) > 1 and enquiry.question.residue in f"{said.first}{said.say or ''}"
    return AGAIN if new and not named and said.id in enquiry.state.told else 0.0


def _fits(said: Answer | Silence, enquiry: Enquiry) -> float:
    """What it adds or takes that a statement is made for certain persons: this one, or one that may be another."""
    if not said.when.needs:
        return 0.0
    if said.when.holds(enquiry.facts):
        return MEETS
    return -MEETS if isinstance(said, Answer) else -2 * MEETS


def _astray(found: Found, enquiry: Enquiry) -> float:
    """What it takes that a statement is on another matter, where the words ask how to pay, or of an office (特困的呢)."""
    asks = enquiry.facet == "how_to_pay" and HOW_TO_PAY.search(enquiry.question.text)
    of_office = enquiry.facet.startswith(("staff", "contact")) and bool(enquiry.question.of(CategoryMention))
    other = bool(asks) or (enquiry.follow_up and of_office)
    return ASTRAY if other and not _serves(found, enquiry.facet) else 0.0


def _followed(enquiry: Enquiry) -> tuple[tuple[str, float], ...]:
    """What counts by itself: the new words of a follow-up on the work of staff, the clause that asks how to pay."""
    how = HOW_TO_PAY.search(enquiry.question.text) if enquiry.facet == "how_to_pay" else None
    if how:
        clause = first_clause(enquiry.question.text[how.end(1) :])
        ways = "".join(one.span.text for one in channels_named(enquiry))
        return ((f"{ways}怎么{clause}", 0.92),)
    text = enquiry.question.text
    if enquiry.facet == "benefits" and len(enquiry.question.residue) == _TREATMENT:
        return ((f"{enquiry.question.residue}报销多少", 1.0),)
    later = _LATER.search(text) if enquiry.facet.startswith("staff") else None
    new = enquiry.follow_up and enquiry.facet.startswith(_BY_WORDS) and (enquiry.question.residue or later)
    if office := office_asked(enquiry):
        return ((f"{office}管什么", 0.9),)
    return ((_LATER.sub("以后每月", text, count=1), 0.9),) if new else ()


def _confidence(found: Found, likely: dict[str, float]) -> float:
    return max((likely.get(facet, 0.0) for facet in facets_of(found)), default=0.0)


def facets_of(found: Found) -> tuple[str, ...]:
    """The facets a find serves."""
    said = found.answer or found.silence
    return said.facets if said else ()


def _good(enquiry: Enquiry, found: Found) -> bool:
    likely = {one.facet: one.confidence for one in enquiry.question.ranking}
    by_words = found.score - FACET * _confidence(found, likely)
    return by_words >= WORDS and found.score >= (LIKELY if _serves(found, enquiry.facet) else SURE)


def _serves(found: Found, facet: str) -> bool:
    """Whether a find serves the facet; the matters of staff border so closely on one another that any of them does."""
    own = facets_of(found)
    return facet in own or (facet.startswith("staff") and any(one.startswith("staff") for one in own))


def told(enquiry: Enquiry, found: tuple[Found, ...]) -> Part:
    """The best find as a part; others that are nearly as good stand with it, a silence beside an answer too."""
    best = found[0]
    answers = [one for one in found[:8] if one.answer and one.score >= max(best.score * CLOSE, LIKELY)]
    silence = next((one for one in found[:8] if one.silence and one.score >= best.score * CLOSE), None)
    if not answers or (silence and silence.score > answers[0].score + AHEAD):
        return not_covered(enquiry, best.silence or (silence.silence if silence else None))
    most = 3 if enquiry.facet.startswith(("staff", "target", "notice")) else 2
    beside = [one.answer for one in answers[1:] if one.answer and of_the_place(one.answer, enquiry)]
    shown = tuple(one for one in (answers[0].answer, *beside[: most - 1]) if one)
    shown += of_the_other_clauses(enquiry, shown)[: max(most - len(shown), 0)]
    unsaid = silence.silence if silence and silence.score >= answers[0].score else None
    unsaid = unsaid if unsaid and of_the_matter(unsaid, enquiry) else None
    citations = each_once(cite for one in shown for cite in one.cites)
    return Part(enquiry.facet, "answered", StatementContext(shown[0].first, shown, unsaid), citations)
