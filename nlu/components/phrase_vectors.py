"""Vectors of training phrases kept on disk, so that training encodes only what is new.

A part comes with the project (`SHIPPED`, written by ship_vectors.py): a slow encoder would take most of the time that training
takes. A file is of one version of its encoder; another version finds none and encodes again.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.components.encoders import WIDTHS, Encoder, open_encoder, version_of

SHIPPED = Path(__file__).parents[1] / "vectors"
FOLDER = Path("var/cache")
"""Below the folder that Rasa runs in, the project's own. Only training phrases are kept, never residents' messages."""
MANY = 500
MOST_WORKERS = 4


def encode_phrases(name: str, encode: Encoder, texts: list[str], folder: Path = FOLDER) -> NDArray[np.float32]:
    """A row for each text by the encoder of that name, from the files where it was encoded before."""
    shipped, path = read_vectors(path_of(name, SHIPPED)), path_of(name, folder)
    kept = read_vectors(path)
    known = shipped | kept
    new = sorted(set(texts) - known.keys())
    if new:
        # as they will be read again: a model learnt now and one learnt from the file are the same
        found = dict(zip(new, _encode(name, encode, new).astype(np.float16), strict=True))
        known |= found
        write_vectors(path, kept | found)
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


def path_of(name: str, folder: Path) -> Path:
    """The file of an encoder, as it is installed, in a folder."""
    return folder / f"{name}-{version_of(name)}.npz"


def read_vectors(path: Path) -> dict[str, NDArray[np.float32]]:
    """The vectors of a file by text; none where it is missing or broken."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(zip(stored["texts"].tolist(), stored["rows"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def write_vectors(path: Path, rows: dict[str, NDArray[np.float32]]) -> None:
    """Writes a file of vectors; half precision is as much as they are worth."""
    draft = path.with_suffix(f".{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(draft, texts=np.array(list(rows)), rows=np.array(list(rows.values()), dtype=np.float16))
        draft.replace(path)
    except OSError:  # a folder that cannot be written costs time, nothing else
        draft.unlink(missing_ok=True)
