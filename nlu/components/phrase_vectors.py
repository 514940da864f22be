"""Vectors of training phrases kept on disk, so that training after an edit encodes only what is new."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.components.encoders import WIDTHS, Encoder, open_encoder

FOLDER = Path("var/cache")
"""Below the folder that Rasa runs in, the project's own. Only training phrases are kept, never residents' messages."""
MANY = 500
MOST_WORKERS = 4


def encode_phrases(name: str, encode: Encoder, texts: list[str], folder: Path = FOLDER) -> NDArray[np.float32]:
    """A row for each text by the encoder of that name, from the folder where it was encoded before."""
    path = folder / f"{name}-phrases.npz"
    known = _read(path)
    new = sorted(set(texts) - known.keys())
    if new:
        known |= zip(new, _encode(name, encode, new), strict=True)
        _write(path, known)
    return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), WIDTHS[name])


def _encode(name: str, encode: Encoder, texts: list[str]) -> NDArray[np.float32]:
    """A row for each text; many texts on all cores, each with an encoder of its own."""
    workers = [encode]
    if len(texts) >= MANY:
        more = (open_encoder(name) for _ in range(min(os.cpu_count() or 1, MOST_WORKERS) - 1))
        workers += [worker for worker in more if worker]
    parts = [texts[start :: len(workers)] for start in range(len(workers))]
    rows = np.empty((len(texts), WIDTHS[name]), dtype=np.float32)
    with ThreadPoolExecutor(len(workers)) as pool:
        for start, part in enumerate(pool.map(lambda worker, part: worker(part), workers, parts)):
            rows[start :: len(workers)] = part
    return rows


def _read(path: Path) -> dict[str, NDArray[np.float32]]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(zip(stored["texts"].tolist(), stored["rows"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _write(path: Path, rows: dict[str, NDArray[np.float32]]) -> None:
    draft = path.with_suffix(f".{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(draft, texts=np.array(list(rows)), rows=np.array(list(rows.values())))
        draft.replace(path)
    except OSError:  # a folder that cannot be written costs time, nothing else
        draft.unlink(missing_ok=True)
