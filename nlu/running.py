"""The note that a running NLU server leaves (var/nlu.json), so that other commands on this machine can use it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

import httpx
import psutil

from nlu.errors import NluNotTrained

NOTE = Path("var/nlu.json")
Look: TypeAlias = Literal["ready", "no_model", "silent"]


@dataclass(frozen=True)
class RunningNlu:
    """An NLU server: its address, its process and when that started (ids are reused), its model's digest."""

    url: str
    pid: int
    started: float
    model: str


def newest_model(models: Path) -> Path:
    """The archive trained last, as Rasa itself picks it. Raises NluNotTrained."""
    archives = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime) if models.is_dir() else [models]
    if not archives or not archives[-1].is_file():
        raise NluNotTrained(f"no trained model in {models}: run `canbao nlu train`")
    return archives[-1]


def digest(model: Path) -> str:
    """The first 16 hexadecimal digits of an archive's SHA-256."""
    return sha256(model.read_bytes()).hexdigest()[:16]


def publish(root: Path, server: RunningNlu) -> None:
    """Leave the note, in one step."""
    note = root / NOTE
    note.parent.mkdir(parents=True, exist_ok=True)
    draft = note.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(server)), encoding="utf-8")
    draft.replace(note)


def withdraw(root: Path, pid: int) -> None:
    """Take the note away, if it still speaks of this process."""
    server = _read(root / NOTE)
    if server and server.pid == pid:
        (root / NOTE).unlink(missing_ok=True)


async def find_running(root: Path) -> str | None:
    """The address of a server of this project that lives, answers and serves the newest model; else None."""
    server = _read(root / NOTE)
    if server is None or not _lives(server) or not _is_current(root, server):
        return None
    return server.url if await answers(server.url, timeout=2.0) else None


async def answers(url: str, timeout: float) -> bool:
    """Whether a Rasa server with a model answers at `url` within `timeout` seconds."""
    return await look(url, timeout) == "ready"


async def look(url: str, timeout: float) -> Look:
    """What stands at `url`: Rasa with a model, Rasa that has none, or nothing that answers within `timeout` seconds."""
    try:
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as http:
            response = await http.get(f"{url}/status")
            if response.status_code == httpx.codes.CONFLICT:
                return "no_model"
            status = response.json() if response.status_code == httpx.codes.OK else {}
            return "ready" if isinstance(status, dict) and status.get("model_file") else "silent"
    except (httpx.HTTPError, ValueError, AttributeError):
        return "silent"


def _read(note: Path) -> RunningNlu | None:
    try:
        return RunningNlu(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _lives(server: RunningNlu) -> bool:
    try:
        started = float(psutil.Process(server.pid).create_time())
    except psutil.Error:
        return False
    return abs(started - server.started) < 1


def _is_current(root: Path, server: RunningNlu) -> bool:
    try:
        return digest(newest_model(root / "models")) == server.model
    except NluNotTrained:
        return False
