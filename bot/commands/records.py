"""`canbao records`: loading rosters into the enrolment records, looking at one, exporting, exchanging the key."""

from __future__ import annotations

import typer

from bot.commands.records_export import export, purge
from bot.commands.records_import import import_files
from bot.commands.records_key import rotate_key
from bot.commands.records_show import show

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The enrolment records (参保档案).\n\nExample: canbao records import 名册.xlsx --region 濉溪县 --year 2022",
)
app.command("import")(import_files)
app.command("show")(show)
app.command("export")(export)
app.command("purge")(purge)
app.command("rotate-key")(rotate_key)
