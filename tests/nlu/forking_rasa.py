"""Run by Rasa's interpreter: imports Rasa once, which takes seconds, then runs each script in a process forked for it.

A line in is JSON, [script, arguments]; a line out is JSON, [exit status, what was printed, what was complained of].
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from typing import NoReturn

import rasa.engine.recipes.default_recipe  # noqa: F401  (with it, nearly all that our components import)


def run(script: str, arguments: list[str]) -> NoReturn:
    """The script as `python -c` runs it, but without Python's own end, which takes seconds as well."""
    sys.argv = ["-c", *arguments]
    status = 0
    try:
        exec(script, {"__name__": "__main__"})
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


sys.path[0] = os.getcwd()
for line in sys.stdin:
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as complained:
        if (child := os.fork()) == 0:
            os.dup2(printed.fileno(), 1)
            os.dup2(complained.fileno(), 2)
            run(*json.loads(line))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = [file.seek(0) or file.read() for file in (printed, complained)]
    print(json.dumps([status, *texts]), flush=True)
os._exit(0)
