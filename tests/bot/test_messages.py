"""What a message object may hold, and what is said of one that is wrong."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import BadMessage
from bot.messages import MessageIn, read_message
from dialogues.record import EmployeeSpell, Enrolment

RESIDENT = {
    "name": "王桂兰",
    "birth_date": "1950-03-07",
    "town": "刘桥镇",
    "hukou": "local",
    "residence_permit": False,
    "categories": ["低保对象"],
    "enrollments": [{"year": 2021, "status": "paid", "paid_on": "2020-11-20", "amount": 280, "tier": None}],
    "employee_insurance": {"months": 30, "ended_on": "2021-09-30"},
}


def test_a_whole_message_is_read_with_its_types() -> None:
    line = {
        "id": "17",
        "session": "s1",
        "text": "交多少",
        "region": "濉溪县",
        "now": "2021-11-05",
        "resident": RESIDENT,
    }
    message = read_message(json.dumps(line).encode())
    assert (message.id, message.session, message.text, message.region) == ("17", "s1", "交多少", "濉溪县")
    assert message.now == date(2021, 11, 5)
    assert message.resident is not None
    record = message.resident.record()
    assert record.birth_date == date(1950, 3, 7)
    assert record.enrolments == (Enrolment(2021, "paid", date(2020, 11, 20), Decimal(280), None),)
    assert record.employee_insurance == EmployeeSpell(30, date(2021, 9, 30))


def test_an_id_comes_back_as_it_was_sent() -> None:
    assert read_message(b'{"id": 17, "text": "x"}').id == 17
    assert read_message(b'{"id": "17", "text": "x"}').id == "17"


def test_a_mark_of_the_byte_order_at_the_beginning_is_no_fault() -> None:
    assert read_message(b'\xef\xbb\xbf{"id": "1", "text": "x"}').text == "x"


@pytest.mark.parametrize(
    ("line", "id", "word"),
    [
        (b"", None, "empty line"),
        (b"  \n", None, "empty line"),
        (b"not json", None, "not valid JSON"),
        (b"[1]", None, "not a JSON object"),
        (b'"text"', None, "not a JSON object"),
        (b"[" * 200_000, None, "nested too deeply"),
        (b'{"id": "1", "text": "\xff"}', "1", "not valid UTF-8"),
        (b'{"id": "1"}', "1", "text: is missing"),
        (b'{"text": "x"}', None, "id: is missing"),
        (b'{"id": null, "text": "x"}', None, "id:"),
        (b'{"id": 1.5, "text": "x"}', None, "id:"),
        (b'{"id": "1", "text": 5}', "1", "text:"),
        (b'{"id": "1", "text": null}', "1", "text:"),
        (b'{"id": "1", "text": "x", "foo": 1}', "1", "foo: not a key"),
        (b'{"id": "1", "text": "\\ud800"}', "1", "half a character"),
        (b'{"id": "\\udfff", "text": "x"}', "?", "half a character"),
        (b'{"id": "1", "text": "x", "session": "a\\u0000b"}', "1", "session:"),
        (b'{"id": "1", "text": "x", "now": "2021-02-30"}', "1", "now:"),
        (b'{"id": "1", "text": "x", "now": 1636070400}', "1", "now:"),
        (b'{"id": "1", "text": "x", "now": "1066-10-14"}', "1", "must lie between"),
        (b'{"id": "1", "text": "x", "resident": []}', "1", "resident:"),
        (b'{"id": "1", "text": "x", "resident": {"hukou": "mars"}}', "1", "resident.hukou:"),
        (b'{"id": "1", "text": "x", "resident": {"age": 5}}', "1", "resident.age: not a key"),
        (b'{"id": "1", "text": "x", "resident": {"birth_date": "1950-3-7"}}', "1", "resident.birth_date:"),
        (b'{"id": "1", "text": "x", "resident": {"enrollments": [{"year": 2021}]}}', "1", "enrollments.0.status"),
        (b'{"id": "1", "text": "x", "resident": {"employee_insurance": {"months": -1}}}', "1", "months"),
        (
            b'{"id": "1", "text": "x", "resident": {"enrollments": [{"year": 1, "status": "paid", "amount": NaN}]}}',
            "1",
            "year",
        ),
    ],
)
def test_a_wrong_object_is_told_where_and_what(line: bytes, id: str | None, word: str) -> None:
    with pytest.raises(BadMessage) as caught:
        read_message(line)
    assert caught.value.id == id
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.binary(max_size=200))
def test_no_line_whatever_brings_another_error(line: bytes) -> None:
    try:
        message = read_message(line)
    except BadMessage as error:
        json.dumps({"id": error.id, "error": str(error)}, ensure_ascii=False).encode()
    else:
        assert isinstance(message, MessageIn)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


# how fast inputs come depends on what else the machine does; it is no property of the reader
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "text", "session", "region", "now", "resident", "other"]), json_values, max_size=6
    )
)
def test_no_object_whatever_brings_another_error(raw: dict[str, object]) -> None:
    try:
        read_message(json.dumps(raw))
    except BadMessage as error:
        json.dumps({"id": error.id, "error": str(error)}, ensure_ascii=False).encode()
