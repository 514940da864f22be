"""Writes the vectors that come with the project: those of the training phrases that the slower encoder reads.

Run after many phrases were added or the encoder's version was raised, in the Rasa environment, from the project's folder (`make vectors`):

    .venv-nlu/bin/python -m nlu.components.ship_vectors
"""

from __future__ import annotations

from pathlib import Path

from tqdm import tqdm

from nlu.components.cross_validation import read_phrases
from nlu.components.encoders import open_encoder
from nlu.components.phrase_vectors import SHIPPED, encode_phrases, path_of, write_vectors
from nlu.components.second_opinion import ENCODER, MOST, chosen, gist

STEP = 500


def wanted(data: Path) -> list[str]:
    """What the slower encoder reads of the training phrases in a folder, each once."""
    texts = [phrase.text for phrase in read_phrases(data)]
    return sorted({gist(texts[place]) for place in chosen(texts, MOST)})


def main() -> None:
    """Encodes what is not known yet and writes the file."""
    encode = open_encoder(ENCODER)
    if encode is None:
        raise SystemExit(f"{ENCODER} cannot run on this machine; run this on one with AVX2")
    texts, rows = wanted(Path("nlu/data")), {}
    for start in tqdm(range(0, len(texts), STEP), desc=ENCODER, unit=f"{STEP} phrases", disable=None):
        part = texts[start : start + STEP]
        rows |= dict(zip(part, encode_phrases(ENCODER, encode, part), strict=True))
    path = path_of(ENCODER, SHIPPED)
    for old in SHIPPED.glob(f"{ENCODER}-*.npz"):
        old.unlink()
    write_vectors(path, rows)
    print(f"{path}: {len(rows)} phrases, {path.stat().st_size / 2**20:.1f} MB")


if __name__ == "__main__":
    main()
