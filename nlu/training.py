"""Trains the NLU model, by Rasa's own command."""

from __future__ import annotations

from pathlib import Path

from nlu.rasa_command import rasa
from nlu.running import newest_model


def train(root: Path, models: Path | None = None) -> Path:
    """Train on config.yml and nlu/data and return the archive, under models/; steps whose input is as before are skipped.

    Raises NluNotInstalled, NluCommandFailed.
    """
    models = models or root / "models"
    rasa(root, "train", "nlu", "--config", "config.yml", "--nlu", "nlu/data", "--out", str(models))
    return newest_model(models)
