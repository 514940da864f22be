"""`python -m benchmarks`: measures, prints a table, and keeps the figures under reports/bench/."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.footprint import Footprint, footprint
from benchmarks.latency import ROUNDS, Latency, latency
from benchmarks.parts import Parts, parts
from benchmarks.training import training_seconds
from bot.project import PROJECT

REPORTS = PROJECT / "reports" / "bench"


@dataclass(frozen=True)
class Row:
    """One figure beside what it should be at most; None: no target."""

    what: str
    value: float
    unit: str
    at_most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure is within its target."""
        return self.at_most is None or self.value <= self.at_most


def main() -> None:
    """Runs the parts asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--train", action="store_true", help="time a training from nothing as well (a minute or more)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of questions (default: %(default)s)")
    given = parser.parse_args()
    rows: list[Row] = []
    alone = parts()
    rows += _of_parts(alone)
    _keep("parts", asdict(alone))
    started = asyncio.run(footprint())
    rows += _of_footprint(started)
    _keep("footprint", asdict(started))
    measured = asyncio.run(latency(given.rounds))
    rows += _of_latency(measured)
    _keep("latency", asdict(measured) | {"ratio": measured.ratio})
    if given.train:
        seconds = training_seconds()
        rows.append(Row("training from nothing", seconds, "s"))
        _keep("training", {"seconds": seconds})
    _print(rows)


def _of_parts(one: Parts) -> Iterator[Row]:
    yield Row("reading 60 characters, Rasa apart", one.reading_60_characters, "ms", 3)
    yield Row("places in 150 characters", one.places_of_150_characters, "ms", 0.5)
    yield Row("loading the notices", one.loading_the_notices, "ms", 1500)
    yield Row("checking the phrases for training", one.checking_the_phrases, "ms", 10000)


def _of_footprint(one: Footprint) -> Iterator[Row]:
    yield Row("canbao run: command to ready", one.ready_seconds, "s", 30)
    yield Row("over HTTP, one client: p50", one.http_message.p50, "ms")
    yield Row("over HTTP, one client: p99", one.http_message.p99, "ms")
    yield Row("memory of the bot process", one.bot_mb, "MB", 300)
    yield Row("memory of the NLU process", one.nlu_mb, "MB", 1200)


def _of_latency(one: Latency) -> Iterator[Row]:
    yield Row("message to reply, Rasa included: p50", one.message.p50, "ms", 20)
    yield Row("message to reply, Rasa included: p99", one.message.p99, "ms", 60)
    yield Row("our client's parse: p50", one.parse.p50, "ms")
    yield Row("plain POST /model/parse: p50", one.plain_rasa.p50, "ms")
    yield Row("message to reply, as a multiple of the plain parse", one.ratio, "×")


def _keep(name: str, figures: dict[str, object]) -> None:
    REPORTS.mkdir(parents=True, exist_ok=True)
    where = {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
    }
    record = {"measured": datetime.now(UTC).isoformat(timespec="seconds"), **where, **figures}
    Path(REPORTS / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _print(rows: list[Row]) -> None:
    table = Table("", "measured", "at most", "")
    for row in rows:
        target = f"{row.at_most:g} {row.unit}" if row.at_most is not None else ""
        table.add_row(row.what, f"{row.value:g} {row.unit}", target, "" if row.met else "missed")
    Console().print(table)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; kept under {REPORTS.relative_to(PROJECT)}/")


if __name__ == "__main__":
    main()
