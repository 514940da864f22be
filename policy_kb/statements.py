"""The sections of a rule file that hold statements: answers, silences, what is left to other papers, unasked clauses, targets."""

from __future__ import annotations

from typing import cast

from policy_kb.entry import Entry
from policy_kb.fault import offer
from policy_kb.model import Answer, NoQuestion, Silence, TargetTable
from policy_kb.quotes import ClauseWords
from policy_kb.sections import common
from policy_kb.yaml_tree import Table, plain

LONGEST_FIRST = 30
"""Characters of a first line: what a resident takes in at a glance on a phone."""
COLUMNS = ("population", "rate", "target", "last_year", "households", "cards")


def answer(entry: Entry, words: ClauseWords) -> Answer:
    """A statement the bot can give."""
    entry.need("facet", "first")
    base = common(entry, words)
    channel = entry.text("channel")
    channels = entry.ledger.vocabulary.channels
    if channel is not None and channel not in channels:
        entry.fault("channel", f"no channel {channel}", offer(channel, sorted(channels)))
    return Answer(
        **base,
        facets=_facets(entry),
        first=_first(entry),
        say=entry.text("say"),
        steps=entry.texts("steps"),
        do=entry.text("do"),
        verdict=entry.choice("verdict", ("yes", "no", "depends")),
        who=entry.text("who"),
        by=entry.day("by"),
        channel=channel,
        amount=entry.amount("amount"),
        unit=entry.text("unit"),
        asks=_asks(entry),
    )


def silence(entry: Entry, words: ClauseWords, left: bool) -> Silence:
    """What the notice does not say, or (`left`) leaves to another document."""
    entry.need("facet", "first", *(("document",) if left else ()))
    nearest = entry.text("nearest")
    if nearest is not None:
        entry.ledger.cited.add(nearest)
        known = words.notice.clause_ids
        if nearest not in known:
            entry.fault("nearest", f"the notice has no clause {nearest}", offer(nearest, known))
    return Silence(
        **common(entry, words, uncited=not left),
        facets=_facets(entry),
        first=_first(entry),
        say=entry.text("say"),
        document=entry.text("document"),
        nearest=nearest,
        asks=_asks(entry),
    )


def no_question(entry: Entry, words: ClauseWords) -> NoQuestion:
    """A clause that nobody asks about."""
    entry.need("clause", "reason")
    clause = entry.text("clause") or ""
    children = entry.truth("children")
    known = words.notice.clause_ids
    if clause and clause not in known:
        entry.fault("clause", f"the notice has no clause {clause}", offer(clause, known), breaks=True)
    return NoQuestion(clause, entry.text("reason") or "", children, entry.line)


def targets(entry: Entry, words: ClauseWords) -> TargetTable:
    """The annex table of the towns' targets."""
    entry.need("table", "place", "columns", "cite")
    table, known = entry.text("table") or "", words.notice.clause_ids
    for key in ("table", "cite"):
        clause = entry.text(key)
        if clause is not None and clause not in known:
            entry.fault(key, f"the notice has no clause {clause}", offer(clause, known), breaks=True)
    entry.ledger.cited.update(filter(None, (entry.text("cite"), table)))
    for known_key in ("note", "quote"):
        entry.text(known_key)
    columns = entry.node("columns")
    heads = cast("dict[str, str]", plain(columns)) if isinstance(columns, Table) else {}
    for field in heads:
        if field not in COLUMNS:
            entry.fault("columns", f"no field {field}", offer(field, COLUMNS))
    return TargetTable(
        table=table, place=entry.text("place") or "", columns=heads, total=entry.text("total"), line=entry.line
    )


def _facets(entry: Entry) -> tuple[str, ...]:
    found = entry.texts("facet")
    known = entry.ledger.vocabulary.facets
    for facet in found if known is not None else ():
        if facet not in cast("frozenset[str]", known):
            entry.fault("facet", f"no facet {facet}", offer(facet, sorted(cast("frozenset[str]", known))))
    return found


def _first(entry: Entry) -> str:
    first = entry.text("first") or ""
    if len(first) > LONGEST_FIRST:
        entry.fault("first", f"first has {len(first)} characters", f"say it in {LONGEST_FIRST}, and the rest in say")
    return first


def _asks(entry: Entry) -> tuple[str, ...]:
    found = entry.texts("asks")
    if entry.has("asks") and len(set(found)) != len(found):
        entry.fault("asks", "a question stands twice in asks", "keep it once")
    return found
