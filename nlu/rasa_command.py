"""Runs Rasa's own command line (train, test) in its environment."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from nlu.errors import NluCommandFailed
from nlu.rasa_environment import environment, interpreter

TAIL = 15
"""Lines of Rasa's output that an error carries."""


def rasa(root: Path, *arguments: str) -> None:
    """`rasa ARGUMENTS` in the project's folder; waits for its end. Raises NluNotInstalled, NluCommandFailed."""
    in_rasa(root, "rasa", *arguments)


def in_rasa(root: Path, module: str, *arguments: str) -> None:
    """`python -m MODULE ARGUMENTS` in Rasa's environment, as `rasa` does it."""
    command = [str(interpreter(root)), "-m", module, *arguments]
    run = subprocess.run(
        command, cwd=root, env=environment(os.cpu_count() or 1), capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        said = "\n".join((run.stdout + run.stderr).strip().splitlines()[-TAIL:])
        raise NluCommandFailed(f"`{module} {' '.join(arguments)}` ended with {run.returncode}:\n{said}")
