"""What the platform sends: a message or an event as XML, with the fields and in the order of the documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

Value = str | int | None


@dataclass(frozen=True)
class Push:
    """One message or event; delivered several times it stays the same, to the byte."""

    to: str
    sender: str
    created: int
    kind: str
    fields: tuple[tuple[str, Value], ...] = ()
    msg_id: int | None = None

    @property
    def event(self) -> str | None:
        """The event's name; None for a message."""
        return next((str(value) for name, value in self.fields if name == "Event"), None)

    def xml(self, extra: tuple[tuple[str, Value], ...] = ()) -> str:
        """The body in plain; `extra` is what a mode adds (Encrypt)."""
        head: tuple[tuple[str, Value], ...] = (
            ("ToUserName", self.to),
            ("FromUserName", self.sender),
            ("CreateTime", self.created),
            ("MsgType", self.kind),
        )
        tail: tuple[tuple[str, Value], ...] = () if self.msg_id is None else (("MsgId", self.msg_id),)
        inside = "\n".join(element(name, value) for name, value in (*head, *self.fields, *tail, *extra))
        return f"<xml>\n{inside}\n</xml>"


@dataclass(frozen=True)
class Malformed(Push):
    """A push whose body is given as it is: what only an attacker or a broken proxy sends."""

    body: str = field(default="", kw_only=True)

    def xml(self, extra: tuple[tuple[str, Value], ...] = ()) -> str:
        """The body, whatever it is."""
        return self.body


def element(name: str, value: Value) -> str:
    """One field: numbers bare, words in CDATA; `]]>` inside is cut in two, as XML wants it."""
    if value is None:
        return f"<{escape(name)} />"
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
