"""`canbao demo`: a fictional town in the register, with conversations to try."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

    from bot.records.demo_town import DemoTown
    from policy_kb.knowledge import KnowledgeBase


def demo(
    region: Annotated[
        str | None, typer.Option(help="The county the town is put into (default: the one whose notice says most).")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take every fictional resident out again.")] = False,
) -> None:
    """Makes the fictional 虚构镇 with households of every category and prints conversations to try. Safe to run again.

    Example: canbao demo --region 濉溪县
    """
    if remove and region:
        raise WrongUsage("--remove takes out every fictional resident; leave --region out")
    asyncio.run(_remove() if remove else _make(region))


async def _remove() -> None:
    from bot.audit.entry import Action, Entry
    from bot.audit.journal import Journal
    from bot.project import VAR
    from bot.records.opening import open_records
    from bot.records.purging import purge_fictional
    from bot.settings import Settings

    async with open_records(Settings.found()) as records:
        count = await purge_fictional(records.engine)
        await Journal(records.engine).note(Entry("command", Action.PURGED, reason="demo --remove"))
    for file in (VAR / "demo").glob("*.json"):
        file.unlink()
    print(f"{count} fictional residents taken out")


async def _make(region: str | None) -> None:
    from bot import composition
    from bot.commands.records_import import county_code
    from bot.project import VAR
    from bot.records.changes import Merging
    from bot.records.demo_town import demo_policy, demo_town
    from bot.records.loading import Loader
    from bot.records.opening import open_records
    from bot.settings import Settings

    kb = composition.knowledge()
    policy = demo_policy(kb, county_code(region) if region else None)
    if policy is None:
        raise WrongUsage(f"no notice of {region} is held; canbao kb coverage lists the notices there are")
    town = demo_town(kb, policy)
    async with open_records(Settings.found()) as records:
        merging = Merging(records.secrets, kb.categories, town.county, town.day, None, fictional=True)
        loader = Loader(records.engine, merging)
        loaded = await loader.load(town.entries)
        await loader.guardians(town.guardians)
    for line in _told(kb, town, loaded.added, _files(kb, town, VAR / "demo")):
        print(line)


def _files(kb: KnowledgeBase, town: DemoTown, folder: Path) -> dict[str, Path]:
    """A resident file for each conversation, by ID number."""
    from bot.records.demo_town import residents_file

    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    people = {entry.id_number: entry for entry in town.entries}
    for at, talk in enumerate(town.talks, start=1):
        file = folder / f"{at:02d}.json"
        resident = dict(residents_file(people[talk.id_number], kb.regions[town.county].name))
        file.write_text(json.dumps(resident, ensure_ascii=False), encoding="utf-8")
        found[talk.id_number] = file
    return found


def _told(kb: KnowledgeBase, town: DemoTown, added: int, files: dict[str, Path]) -> list[str]:
    """What was made, and how to try it."""
    county = kb.regions[town.county].name
    lines = [
        f"{county} 虚构镇: {len(town.entries)} fictional residents ({added} new), cover year {town.year}, as of {town.day}",
        "",
        f"To be somebody of the town over WeChat: canbao run --now {town.day}, then send 绑定 and answer with name and number:",
    ]
    lines += [f"  {talk.who}：{talk.name}，{talk.id_number}" for talk in town.talks]
    lines += ["", "Or here, without binding:"]
    lines += [
        f"  canbao ask {ask} --region {county} --now {town.day} --resident {files[talk.id_number]}"
        for talk in town.talks[:6]
        for ask in talk.ask
    ]
    return [*lines, "", "To take all of it out again: canbao demo --remove"]
