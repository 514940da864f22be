"""`computed`: a figure that no quote shows, worked out from figures that the quotes do show (`320 - 280`, `320 * 90%`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import add, mul, sub, truediv

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?%?|[-+*/])")
_SIGNS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {"+": add, "-": sub, "*": mul, "/": truediv}


@dataclass(frozen=True)
class Computed:
    """The value of an expression and its operands as written (`90%` is 0.9)."""

    value: Decimal
    operands: tuple[str, ...]


def compute(expression: str) -> Computed:
    """Reads numbers joined by + - * / (the usual precedence, no brackets); raises ValueError where it is anything else."""
    tokens = _TOKEN.findall(expression)
    if "".join(tokens) != "".join(expression.split()) or len(tokens) % 2 == 0 or len(tokens) < 3:
        raise ValueError(f"{expression} is no calculation")
    operands, signs = tokens[::2], tokens[1::2]
    if any(one in _SIGNS for one in operands) or any(one not in _SIGNS for one in signs):
        raise ValueError(f"{expression} is no calculation")
    return Computed(_reduced([operand(one) for one in operands], signs), tuple(operands))


def operand(text: str) -> Decimal:
    """The value of one operand."""
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def _reduced(values: list[Decimal], signs: list[str]) -> Decimal:
    for level in ("*/", "+-"):
        kept_values, kept_signs = [values[0]], []
        for sign, value in zip(signs, values[1:], strict=True):
            if sign in level:
                if sign == "/" and value == 0:
                    raise ValueError("division by 0 is no calculation")
                kept_values[-1] = _SIGNS[sign](kept_values[-1], value)
            else:
                kept_values.append(value)
                kept_signs.append(sign)
        values, signs = kept_values, kept_signs
    return values[0]
