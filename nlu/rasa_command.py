"""Runs Rasa's own command line (train, test) in its environment."""

from __future__ import annotations

import subprocess
from pathlib import Path

from nlu.errors import NluCommandFailed
from nlu.rasa_process import environment, interpreter

TAIL = 15
"""Lines of Rasa's output that an error carries."""


def rasa(root: Path, *arguments: str) -> None:
    """`rasa ARGUMENTS` in the project's folder; waits for its end. Raises NluNotInstalled, NluCommandFailed."""
    # two threads: training uses both cores, a server keeps to one
    quiet = environment() | {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
    command = [str(interpreter(root)), "-m", "rasa", *arguments]
    run = subprocess.run(command, cwd=root, env=quiet, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        said = "\n".join((run.stdout + run.stderr).strip().splitlines()[-TAIL:])
        raise NluCommandFailed(f"`rasa {' '.join(arguments)}` ended with {run.returncode}:\n{said}")
