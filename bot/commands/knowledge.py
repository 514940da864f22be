"""`canbao kb`: checking and reading the knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.errors import WrongUsage

if TYPE_CHECKING:
    from policy_kb.knowledge import Policy

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The notices and the rules in them.\n\nExample: canbao kb show suixi-2022 四（二）",
)


@app.command()
def check() -> None:
    """Holds every rule against the notice it cites; exit 1 and one line a fault.

    Example: canbao kb check
    """
    from bot import composition
    from policy_kb.check import check as check_kb
    from policy_kb.knowledge import KnowledgeBase
    from policy_kb.reading import all_rules

    kb = KnowledgeBase.load(facets=frozenset(composition.topics()), strict=False)
    faults = check_kb(kb)
    for fault in faults:
        print(fault)
    if faults:
        raise SystemExit(1)
    rules = sum(1 for one in kb.notices.values() for _ in all_rules(one.rules))
    print(f"{len(kb.notices)} notices, {rules} rules and statements: no fault")


@app.command()
def show(
    notice: Annotated[str, typer.Argument(help="A notice's id, such as suixi-2022.")],
    clause: Annotated[str | None, typer.Argument(help="A clause by the notice's own numbering.")] = None,
) -> None:
    """Prints a notice or one clause of it, with the rules that stand on it.

    Example: canbao kb show suixi-2022 四（二）
    """
    from policy_kb.clause_coverage import coverage_rows

    policy = _policy(notice)
    if clause and clause not in policy.notice.clause_ids:
        raise WrongUsage(f"{notice} has no clause {clause!r}; canbao kb coverage {notice} lists them")
    for row in coverage_rows(policy.notice, policy.rules):
        if clause in (None, row.clause):
            words = policy.notice.text_of(row.clause) if clause else policy.notice.clause(row.clause).text
            print(f"【{row.clause}】{words}\n    ← {row.how}\n")


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Words to look for.")],
    limit: Annotated[int, typer.Option(help="How many finds a notice.")] = 3,
) -> None:
    """Finds statements and clauses that bear on some words, in every notice.

    Example: canbao kb search 退费
    """
    from bot import composition

    kb = composition.knowledge()
    finder = composition.finder(kb)
    for policy in kb.notices.values():
        for found in (*finder.statements(policy, text)[:limit], *finder.clauses(policy, text)[:limit]):
            said = found.answer or found.silence
            where = said.id if said else found.clause.clause if found.clause else ""
            what = said.first if said else found.clause.quote if found.clause else ""
            print(f"{policy.id}  {found.score:.2f}  {where}  {what}")


@app.command()
def diff(first: Annotated[str, typer.Argument()], second: Annotated[str, typer.Argument()]) -> None:
    """Two notices side by side, in what they decide.

    Example: canbao kb diff suixi-2022 huaiyuan-2025
    """
    from bot import composition
    from policy_kb.difference import difference

    table = Table("", first, second, show_lines=True)
    for row in difference(_policy(first), _policy(second), composition.knowledge().facts):
        table.add_row(f"{row.section} {row.whom}".strip(), row.left, row.right, style="" if row.differs else "dim")
    Console().print(table)


@app.command()
def coverage(notice: Annotated[str | None, typer.Argument(help="One notice (default: all).")] = None) -> None:
    """What is made of each clause: a rule, a statement, or no one's question and why; exit 1 where a clause is missing.

    Example: canbao kb coverage suixi-2022
    """
    from bot import composition
    from policy_kb.clause_coverage import coverage_rows

    policies = [_policy(notice)] if notice else list(composition.knowledge().notices.values())
    missing = 0
    for policy in policies:
        table = Table("clause", "beginning", "made of it", title=policy.id)
        for row in coverage_rows(policy.notice, policy.rules):
            table.add_row(row.clause, row.heading, row.how)
            missing += row.missing
        Console().print(table)
    if missing:
        raise SystemExit(1)


def _policy(name: str) -> Policy:
    from bot import composition

    notices = composition.knowledge().notices
    if name not in notices:
        raise WrongUsage(f"no notice {name!r}; there are {', '.join(notices)}")
    return notices[name]
