"""Channels, settings and commands: composes the knowledge base, the understanding and the dialogues."""

import os

# Set before numpy is first imported: one message multiplies small matrices, which threads only make wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Sounds are compared character by character, so pypinyin's dictionary of phrases, 40 MB of it, is of no use here.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
