"""`canbao staff`: who may use the console."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.staff.role import Role

if TYPE_CHECKING:
    from bot.staff.accounts import Accounts

T = TypeVar("T")
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Who may use the console: village staff, operators, administrators.\n\nExample: canbao staff list",
)
Name = Annotated[str, typer.Argument(help="The account's name, as it is typed at log-in.")]


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="village: one village; operator: a county; admin: everything.")],
    scope: Annotated[
        str | None, typer.Option(help="A county for operators (濉溪县), town/village for village staff (刘桥镇/某村).")
    ] = None,
) -> None:
    """Makes an account and prints its first password, once; it must be changed at the first log-in.

    Example: canbao staff add 王干事 --role village --scope 刘桥镇/前进村
    """
    from bot import composition
    from bot.staff.password import first_password, hashed
    from bot.staff.placing import scope_of

    placed, password = scope_of(role, scope, composition.knowledge().regions), first_password()

    async def work(accounts: Accounts) -> None:
        await accounts.add(name, placed, hashed(password))

    _run(work)
    print(f"{name} can log in at /console/ with this first password, which is shown only now: {password}")


@app.command("list")
def list_all() -> None:
    """Prints every account with its role and scope.

    Example: canbao staff list
    """
    from bot import composition
    from bot.staff.placing import scope_words

    members = _run(lambda accounts: accounts.all())
    if not members:
        print("no accounts yet; canbao staff add NAME --role admin makes the first")
        return
    table = Table("name", "role", "scope", "state")
    for one in members:
        state = "disabled" if one.disabled else "first password" if one.must_change else "active"
        table.add_row(one.name, one.role, scope_words(one.scope, composition.knowledge().regions), state)
    Console().print(table)


@app.command()
def disable(name: Name) -> None:
    """Closes an account and every log-in it has open.

    Example: canbao staff disable 王干事
    """

    async def work(accounts: Accounts) -> None:
        await accounts.disable(await accounts.named(name))

    _run(work)
    print(f"{name} is disabled; canbao staff reset opens the account again with a new password")


@app.command()
def reset(name: Name) -> None:
    """Gives an account a new first password, ends its log-ins, and opens it where it was disabled.

    Example: canbao staff reset 王干事
    """
    from bot.staff.password import first_password, hashed

    password = first_password()

    async def work(accounts: Accounts) -> None:
        await accounts.set_password(await accounts.named(name), hashed(password), must_change=True)

    _run(work)
    print(f"{name}'s new first password, which is shown only now: {password}")


@app.command()
def place(
    name: Name,
    role: Annotated[Role, typer.Option(help="village: one village; operator: a county; admin: everything.")],
    scope: Annotated[str | None, typer.Option(help="A county, or town/village.")] = None,
) -> None:
    """Gives an account another role or scope and ends its log-ins.

    Example: canbao staff place 王干事 --role operator --scope 濉溪县
    """
    from bot import composition
    from bot.staff.placing import scope_of

    placed = scope_of(role, scope, composition.knowledge().regions)

    async def work(accounts: Accounts) -> None:
        await accounts.place(await accounts.named(name), placed)

    _run(work)
    print(f"{name} is {role.value} now{f' for {scope}' if scope else ''}")


def _run(work: Callable[[Accounts], Awaitable[T]]) -> T:
    """Works on the accounts of this database."""
    from bot.settings import Settings
    from bot.staff.accounts import Accounts
    from bot.store.database import open_database

    async def opened() -> T:
        engine = await open_database(Settings.found().database_url)
        try:
            return await work(Accounts(engine))
        finally:
            await engine.dispose()

    return asyncio.run(opened())
