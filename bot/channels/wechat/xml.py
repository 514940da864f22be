"""XML as the platform sends it: one flat <xml> element; document types and entities are refused before they are read."""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers import expat

from bot.errors import RefusedPush

WRONG = 400
DEEPEST = 8
"""Levels of elements; the platform's deepest message has four."""
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEW_LINES = re.compile("\r\n?")

Tree = dict[str, object]


def read_xml(text: str) -> Tree:
    """The children of <xml> by name: text, None where empty, a dict where nested. Raises RefusedPush."""
    reading = _Reading()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.refuse_doctype
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.words
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise RefusedPush(WRONG, f"not well-formed XML at line {error.lineno}") from None
    root = reading.stack[0].get("xml")
    if not isinstance(root, dict):
        raise RefusedPush(WRONG, "the root element is not <xml> with fields inside")
    return root


class _Reading:
    """The elements open at this moment, outermost first."""

    def __init__(self) -> None:
        self.stack: list[Tree] = [{}]
        self.text: list[str] = []

    def refuse_doctype(self, *_: object) -> NoReturn:
        raise RefusedPush(WRONG, "a document type declaration")

    def start(self, _: str, __: object) -> None:
        if len(self.stack) > DEEPEST:
            raise RefusedPush(WRONG, f"elements more than {DEEPEST} deep")
        self.stack.append({})
        self.text.clear()

    def end(self, name: str) -> None:
        inside = self.stack.pop()
        value: object = inside or "".join(self.text) or None
        self.text.clear()
        if len(self.stack) == 2 and name in self.stack[-1]:
            raise RefusedPush(WRONG, "a field stands twice")
        self.stack[-1][name] = value

    def words(self, text: str) -> None:
        self.text.append(text)


def writable(text: str) -> str:
    """A text that can stand in a CDATA section: no control characters, no half characters, no end of the section."""
    return _UNWRITABLE.sub("", _NEW_LINES.sub("\n", text)).replace("]]>", "]]＞")
