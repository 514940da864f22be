"""The environment in which Rasa runs: its interpreter, its settings, and the arithmetic that suits this processor."""

from __future__ import annotations

import os
from pathlib import Path

from nlu.errors import NluNotInstalled

SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_WORKERS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "2",
    "TF_NUM_INTEROP_THREADS": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONWARNINGS": "ignore",
    "PYTHONIOENCODING": "utf-8",
    # at DEBUG and INFO Rasa logs the text of messages
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}
_PROCESSOR = Path("/proc/cpuinfo")
_KERNELS = (
    ("SkylakeX", frozenset({"avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd"})),
    ("Haswell", frozenset({"avx2", "fma"})),
)


def interpreter(root: Path) -> Path:
    """The Python of the Rasa environment beside the project. Raises NluNotInstalled."""
    python = root / ".venv-nlu" / "bin" / "python"
    if not python.exists():
        raise NluNotInstalled(
            f"no Rasa environment at {python.parent.parent}: run "
            "`UV_PROJECT_ENVIRONMENT=.venv-nlu uv sync --only-group nlu --python 3.10 --compile-bytecode`"
        )
    return python


def environment(threads: int = 1) -> dict[str, str]:
    """This process's environment without the bot's own settings (keys, tokens), with Rasa kept lean and quiet.

    `threads` is how many cores its arithmetic may take: one to serve, where the bot wants the other; all to train.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CANBAO_")}
    # without compiled bytecode Rasa and TensorFlow take twice as long to import
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    kept |= SETTINGS | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
    if (kernels := blas_kernels(_PROCESSOR)) is not None:
        kept.setdefault("OPENBLAS_CORETYPE", kernels)
    return kept


def blas_kernels(processor: Path) -> str | None:
    """The newest of OpenBLAS's kernels that this processor runs, by what Linux says of it; None where it says nothing.

    The OpenBLAS of Rasa's numpy takes a processor younger than itself for one of 2004 and is then five times as slow.
    """
    try:
        lines = processor.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    flags = next((set(line.partition(":")[2].split()) for line in lines if line.startswith("flags")), set())
    return next((name for name, needed in _KERNELS if needed <= flags), None)
