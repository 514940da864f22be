"""Whether a rule stands on its clauses: each quote in its clause, each figure in a quote, each text's figures in the clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from policy_kb.bounds import ONE_DAY, Bounds
from policy_kb.citation import Citation
from policy_kb.computed import Computed, compute, operand
from policy_kb.fault import Fault
from policy_kb.model import AskAt, AssistanceRule, FundingRule, NewbornRule, Rule, Silence, WindowRule
from policy_kb.notice import normalise
from policy_kb.numerals import Figure, Reading, figures
from policy_kb.quotes import ClauseWords, spans
from policy_kb.reading import Reading as RulesRead
from policy_kb.reading import all_rules
from policy_kb.statement_figures import Stated, stated, texts

_REFERENCE = re.compile(r"附件\d*|[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\))+\d*(?:\(\d+\))?")
"""Mentions of clauses inside a text (附件2, 四（二）1): no figures."""
_REFUSES = ("不", "无", "未", "自行", "自理")
_BIRTH_DAY = re.compile("含|当[日天]|次日|第二天")
_AT_LEAST = ("不低于", "以上", "至少", "不少于")


class Evidence:
    """The rules of one notice held against its words."""

    def __init__(self, read: RulesRead, words: ClauseWords) -> None:
        self._read = read
        self._words = words

    def faults(self) -> Iterator[Fault]:
        """Every fault of every rule."""
        for one in self._read.rules.ask_at:
            yield from self._misquoted((one.cite,), self._line_of(one))
        for rule in all_rules(self._read.rules):
            yield from self.faults_of(rule)

    def faults_of(self, rule: Rule) -> Iterator[Fault]:
        """The faults of one rule; its figures are looked at only where its quotes stand."""
        misquoted = list(self._misquoted(rule.cites, self._line(rule, "quote", "cite"), rule.id))
        if misquoted:
            yield from misquoted
            return
        computed, wrong = self._computed(rule)
        if wrong:
            yield wrong
            return
        yield from self._unread(rule, self._quoted(rule) | _of_computed(computed))
        yield from self._unbounded(rule)
        yield from self._unproved_texts(rule, computed)
        yield from self._words_missing(rule)

    def _misquoted(self, cites: Iterable[Citation], line: int, name: str = "ask_at") -> Iterator[Fault]:
        for cite in cites:
            if not cite.quote:
                what = f"{name}: cited clause {cite.clause} holds none of the quotes"
                yield self._fault(line, what, "quote words of that clause too, or do not cite it")
            elif not spans(cite.quote, self._words.of(cite.clause)):
                what = f"{name}: quote “{cite.quote}” does not stand in {cite.clause}"
                yield self._fault(line, what, self._where(cite.quote))

    def _where(self, quote: str) -> str:
        home = [clause for clause in self._words.notice.clause_ids if spans(quote, self._words.of(clause))]
        return (
            f"cite {home[-1]}, where it stands"
            if home
            else "copy it from the notice word for word, … for words left out"
        )

    def _quoted(self, rule: Rule) -> frozenset[Reading]:
        """What may be read from the quotes."""
        found: set[Reading] = set()
        for cite in rule.cites:
            for start, end in spans(cite.quote, self._words.of(cite.clause)) or ():
                for figure in self._words.figures(cite.clause):
                    if _within(figure, start, end):
                        found |= figure.allows
        return frozenset(found)

    def _cited(self, rule: Rule) -> frozenset[Reading]:
        """What may be read anywhere in the cited clauses (of a silence: in the nearest clause)."""
        clauses = [cite.clause for cite in rule.cites]
        if isinstance(rule, Silence) and rule.nearest:
            clauses.append(rule.nearest)
        return frozenset(reading for one in clauses for figure in self._words.figures(one) for reading in figure.allows)

    def _computed(self, rule: Rule) -> tuple[Computed | None, Fault | None]:
        if rule.computed is None:
            return None, None
        line = self._line(rule, "computed")
        try:
            found = compute(rule.computed)
        except ValueError as error:
            return None, self._fault(line, f"{rule.id}: {error}", "write numbers joined by + - * /, as 320 - 280")
        quoted = self._quoted(rule) | self._premiums
        for one in found.operands:
            if not {(unit, operand(one)) for unit in ("n", "元", "%", "天", "月")} & quoted:
                what = f"{rule.id}: {one} of computed cannot be read from the quotes"
                return None, self._fault(line, what, "quote the words that show it")
        return found, None

    def _unread(self, rule: Rule, readable: frozenset[Reading]) -> Iterator[Fault]:
        wanted = [*stated(rule), *self._opening(rule)]
        for one in wanted:
            if not readable.intersection(one.any_of):
                what = f"{rule.id}: {one.key} {one.words} cannot be read from the quotes"
                yield self._fault(self._line(rule, one.key), what, _mend(one))

    def _opening(self, rule: Rule) -> Iterator[Stated]:
        """The first day of a window: read, or the day after one (6月30日后) or after another window closes."""
        if not isinstance(rule, WindowRule) or rule.opens is None:
            return
        opens, before = rule.opens, rule.opens - ONE_DAY
        if any(one.closes == before for one in self._read.rules.windows if one is not rule):
            return
        month: tuple[Reading, ...] = (("ym", (opens.year, opens.month)),) if rule.opens_as and opens.day == 1 else ()
        yield Stated("opens", opens.isoformat(), (("day", opens), ("after", before), *month))

    def _unbounded(self, rule: Rule) -> Iterator[Fault]:
        rules, facts = self._read.rules, self._read.ledger.vocabulary.facts
        for one in Bounds(facts, rules.windows, self._words.notice.year).unproved(rule, self._cited(rule)):
            what = f"{rule.id}: {one.value} in when ({one.fact}) cannot be read from the cited clauses"
            yield self._fault(self._line(rule, "when"), what, "mend it, or cite the clause that shows it")

    def _own_years(self, rule: Rule) -> set[Reading]:
        """The years a text may name without proof: the cover year; a silence may name those beside it."""
        year = self._words.notice.year
        beside = (year - 1, year + 1) if isinstance(rule, Silence) else ()
        return {("y", one) for one in (year, *beside)}

    @cached_property
    def _premiums(self) -> frozenset[Reading]:
        """Premiums may be operands everywhere: their own rules prove them."""
        return frozenset(("元", one.amount) for one in self._read.rules.premium)

    def _unproved_texts(self, rule: Rule, computed: Computed | None) -> Iterator[Fault]:
        proved = {reading for one in stated(rule) for reading in one.any_of} | _of_computed(computed)
        if isinstance(rule, AssistanceRule) and rule.pays is not None:
            proved.add(("元", rule.pays))
        allowed = self._cited(rule) | proved | self._own_years(rule)
        for key, text in texts(rule):
            bare = _REFERENCE.sub("", normalise(text))
            for figure in figures(bare, self._words.years):
                if not figure.vague and figure.states not in allowed:
                    what = f"{rule.id}: {figure.words} in {key} cannot be read from the cited clauses"
                    yield self._fault(
                        self._line(rule, key), what, "mend it, leave it out, or cite the clause that shows it"
                    )

    def _words_missing(self, rule: Rule) -> Iterator[Fault]:
        """Words that a value rests on: a document's name, 不低于 for a floor, a refusal for no assistance."""
        cited = "".join(self._words.of(cite.clause) for cite in rule.cites)
        quoted = "".join(cite.quote for cite in rule.cites)
        document = getattr(rule, "document", None) or getattr(rule, "left_to", None)
        if document and rule.cites and not spans(document, cited):
            key = "document" if getattr(rule, "document", None) else "left_to"
            what = f"{rule.id}: the cited clauses do not name {document}"
            yield self._fault(self._line(rule, key), what, "name the document in the notice's own words")
        if isinstance(rule, NewbornRule) and rule.birth_day_counts is not None and not _BIRTH_DAY.search(quoted):
            what = f"{rule.id}: birth_day_counts, but no quote speaks of the day of birth"
            yield self._fault(
                self._line(rule, "birth_day_counts"), what, "quote the words (含出生当日), or leave it out"
            )
        if isinstance(rule, FundingRule) and rule.at_least and not any(word in quoted for word in _AT_LEAST):
            what = f"{rule.id}: at_least, but no quote says 不低于"
            yield self._fault(self._line(rule, "at_least"), what, "quote the words, or remove at_least")
        if isinstance(rule, AssistanceRule) and rule.gives == 0 and rule.share is None and not _refuses(quoted):
            what = f"{rule.id}: gives 0, but no quote says that there is none"
            yield self._fault(self._line(rule, "gives"), what, "quote the words (不再享受 …), or mend gives")

    def _line_of(self, one: AskAt) -> int:
        return self._read.line(self._read.ledger.ask_lines[one], "quote", "cite")

    def _line(self, rule: Rule, *keys: str) -> int:
        return self._read.line(rule.line, *keys)

    def _fault(self, line: int, what: str, mend: str) -> Fault:
        return Fault(self._read.rules.path, line, what, mend)


def _within(figure: Figure, start: int, end: int) -> bool:
    """Whether a figure lies in a span; of a full date the year may lie before it (`2021年` is five characters)."""
    slack = 5 if figure.states[0] in ("day", "ym") else 0
    return start - slack <= figure.start and start < figure.end <= end


def _of_computed(computed: Computed | None) -> set[Reading]:
    return {(unit, computed.value) for unit in ("n", "元", "天", "月", "%")} if computed else set()


def _refuses(quoted: str) -> bool:
    return any(word in quoted for word in _REFUSES) or ("元", Decimal(0)) in {one.states for one in figures(quoted)}


def _mend(one: Stated) -> str:
    if one.key == "opens":
        return "quote the words that show it, or write opens: follows where it is the day after another window closes"
    return "quote the words that show it, mend it, or add computed"
