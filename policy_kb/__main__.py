"""`python -m policy_kb [NOTICE …]`: the faults of the rule files, one a line; exit 1 where there are any."""

from __future__ import annotations

import sys

from policy_kb.check import check
from policy_kb.knowledge import KnowledgeBase


def main(names: list[str]) -> int:
    """Prints the faults of these notices (all, where none is named)."""
    faults = check(KnowledgeBase.load(strict=False))
    shown = [one for one in faults if not names or any(f"/{name}/" in one.path for name in names)]
    for one in shown:
        print(one)
    return 1 if shown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
