"""A county's roster of fictional residents, loaded and looked into: time, memory, look-ups by ID number, tries to bind.

    python -m benchmarks.records [--rows 1141677] [--database postgresql://…]

ID numbers have a valid check digit and a county code that is assigned to nobody (340699).
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from stdnum.cn import ric

if TYPE_CHECKING:
    from bot.binding.identity import Identity

ROWS = 1_141_677
"""Registered residents of 濉溪县 by its notice's annex."""
COUNTY, NOBODYS = "340621", "340699"
_HEADINGS = (
    "户号",
    "与户主关系",
    "姓名",
    "公民身份号码",
    "乡镇",
    "村",
    "人员类别",
    "参保年度",
    "缴费状态",
    "缴费日期",
    "缴费金额",
    "联系电话",
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文利清飞"
_CATEGORIES = ("普通居民",) * 17 + ("低保对象", "特困人员", "脱贫人口", "重度残疾人")


def id_number(at: int) -> str:
    """The ID number of the fictional resident number `at`; no two are alike."""
    born = date(1935, 1, 1) + timedelta(days=at % 31_000)
    number = f"{NOBODYS}{born:%Y%m%d}{at // 31_000 * 7 % 1000:03d}"
    return number + ric.calc_check_digit(number + "0")


def write_roster(path: Path, rows: int) -> None:
    """A roster in UTF-8 as a county exports it."""
    from policy_kb.regions import load_regions

    towns = [one.name for one in load_regions().children(COUNTY) if not one.code.endswith("开发区")]
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(_HEADINGS)
        for at in range(rows):
            household = at // 4
            place = household // 150 % (len(towns) * 25)
            name = chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
            paid = chance.random() < 0.9
            category = chance.choice(_CATEGORIES)
            day = f"2021-{chance.randint(10, 12)}-{chance.randint(1, 30):02d}" if paid else ""
            sum_ = {"低保对象": "40", "特困人员": "0"}.get(category, "320") if paid else ""
            status = "已缴费" if paid else "未缴费"
            who = "户主" if at % 4 == 0 else "家庭成员"
            village = f"第{place // len(towns) + 1}村"
            phone = f"199{at % 100_000_000:08d}"
            out.writerow(
                (
                    f"H{household:07d}",
                    who,
                    name,
                    id_number(at),
                    towns[place % len(towns)],
                    village,
                    category,
                    "2022",
                    status,
                    day,
                    sum_,
                    phone,
                )
            )


def load(roster: Path, url: str, key: str) -> dict[str, float]:
    """Runs `canbao records import` and gives its seconds, those of processors, and its peak memory in MB."""
    canbao = Path(sys.executable).with_name("canbao")
    env = os.environ | {"CANBAO_DATABASE_URL": url, "CANBAO_SECRET_KEY": key}
    command = [str(canbao), "records", "import", str(roster), "--region", COUNTY]
    began = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=sys.stderr)
    took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    return {"seconds": round(took, 1), "cpu_seconds": round(cpu, 1), "peak_mb": round(used.ru_maxrss / 1024)}


async def look_up(url: str, key: str, rows: int, times: int = 2000) -> dict[str, float]:
    """Milliseconds a look-up by ID number takes, the record with it, and the counts of a county."""
    from bot.binding.identity import Identity
    from bot.records import counts
    from bot.records.registry import Registry
    from bot.secrets.sealing import Secrets
    from bot.store.database import open_database
    from policy_kb.regions import load_regions

    engine = await open_database(url)
    secrets = Secrets(bytes.fromhex(key))
    registry = Registry(engine, secrets, load_regions())
    chance = random.Random(2)
    found, records = [], []
    for _ in range(times):
        number = id_number(chance.randrange(rows))
        began = time.perf_counter()
        person = await registry.by_id_number(number)
        found.append(time.perf_counter() - began)
        assert person is not None
        await registry.record(person, date(2021, 12, 1))
        records.append(time.perf_counter() - began)
    ratio = await _unknown_to_not_matching(Identity(registry, secrets), chance, rows)
    began = time.perf_counter()
    towns = await counts.towns(engine, COUNTY, 2022)
    counted = time.perf_counter() - began
    assert sum(one.residents for one in towns) == rows
    await engine.dispose()
    return {
        "by_id_p50_ms": _ms(statistics.median(found)),
        "by_id_p99_ms": _ms(statistics.quantiles(found, n=100)[98]),
        "record_p99_ms": _ms(statistics.quantiles(records, n=100)[98]),
        "unknown_to_not_matching": ratio,
        "towns_ms": _ms(counted),
    }


async def _unknown_to_not_matching(identity: Identity, chance: random.Random, rows: int, times: int = 400) -> float:
    """How many times as long a try to bind takes with a number nobody has as with another's; 1: nothing to tell."""
    unknown: list[float] = []
    not_matching: list[float] = []
    for _ in range(times):
        for least, taken in ((rows, unknown), (0, not_matching)):
            number = id_number(least + chance.randrange(rows))
            began = time.perf_counter()
            _, same = await identity.matched("不是这个名字", number)
            taken.append(time.perf_counter() - began)
            assert not same
    return round(statistics.median(unknown) / statistics.median(not_matching), 2)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--database", help="an empty database (default: a new SQLite file)")
    parser.add_argument("--again", action="store_true", help="import the same file a second time as well")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        write_roster(roster, args.rows)
        url, key = args.database or f"sqlite:///{folder}/canbao.db", os.urandom(32).hex()
        result: dict[str, object] = {"rows": args.rows, "file_mb": round(roster.stat().st_size / 1e6)}
        result["first"] = load(roster, url, key)
        if args.again:
            result["again"] = load(roster, url, key)
        result |= asyncio.run(look_up(url, key, args.rows))
        print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
