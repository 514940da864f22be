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
    command = [str(interpreter(root)), "-m", "rasa", *arguments]
    run = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)
    if run.returncode != 0:
        said = "\n".join((run.stdout + run.stderr).strip().splitlines()[-TAIL:])
        raise NluCommandFailed(f"`rasa {' '.join(arguments)}` ended with {run.returncode}:\n{said}")
