"""What Rasa has to know of a component besides its class and configuration, so that its cache notices a change."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from nlu.components.encoders import PACKAGES, version_of

_HERE = Path(__file__).parent
TOPICS = _HERE.parent / "topics.yml"
_NO_COMPONENTS = {"confusion_picture.py", "cross_validation.py", "ship_vectors.py"}


class Fingerprinted:
    """A component that is trained again when the code of any component, the topics or an encoder's package changed."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's hook: mixed into the key under which the component's result is cached."""
        return sources()


@cache
def sources() -> str:
    """A digest of the components' modules, topics.yml and the encoders' versions."""
    total = sha256()
    modules = [path for path in sorted(_HERE.glob("*.py")) if path.name not in _NO_COMPONENTS]
    for path in [*modules, TOPICS]:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    for name, package in PACKAGES.items():
        total.update(f"{package} {version_of(name)}".encode())
    return total.hexdigest()


def topics() -> dict[str, str]:
    """The topic of each facet, from topics.yml."""
    entries = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    return {facet: entry["topic"] for facet, entry in entries.items()}
