"""Seconds of a training from nothing: Rasa's cache is left out, the model goes to a folder that is deleted."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from bot.project import PROJECT
from nlu.training import train


def training_seconds() -> float:
    """Trains once; the models under models/ stay as they are."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")
        began = time.perf_counter()
        train(PROJECT, Path(folder) / "models")
        return round(time.perf_counter() - began, 1)
