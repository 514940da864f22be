"""`POST /api/v1/messages` and what else the service answers, over a running `canbao run`."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from whole_program import Service

SUIXI = {"region": "濉溪县", "now": "2021-11-05"}


@pytest.fixture
def http(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, timeout=30, trust_env=False) as client:
        client.headers["Authorization"] = f"Bearer {service.token}"
        yield client


def post(http: httpx.Client, **message: object) -> httpx.Response:
    return http.post("/api/v1/messages", json=message)


def test_a_message_is_answered_in_the_shape_of_the_interface(http: httpx.Client) -> None:
    answer = post(http, id="17", session="s1", text="低保户要交多少", **SUIXI)
    assert answer.status_code == 200
    reply = answer.json()
    assert set(reply) == {"id", "session", "reply", "outcome", "topic", "citations", "choices"}
    assert (reply["id"], reply["session"], reply["outcome"]) == ("17", "s1", "answered")
    assert "40元" in reply["reply"]
    assert {"notice": "suixi-2022", "clause": "四（二）"} in reply["citations"]


def test_what_came_with_a_message_holds_for_its_session_only(http: httpx.Client) -> None:
    post(http, id="1", session="held", text="低保户要交多少", **SUIXI)
    assert "特困" in post(http, id="2", session="held", text="那特困呢").json()["reply"]
    assert post(http, id="3", session="another", text="哪天截止").json()["outcome"] == "asked"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "Basic YTpi", "bearer  x"])
def test_without_the_token_nothing_is_answered(service: Service, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = httpx.post(f"{service.url}/api/v1/messages", json={"id": "1", "text": "x"}, headers=headers)
    assert answer.status_code == 401
    assert "Bearer" in answer.json()["error"]
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "id", "word"),
    [
        (b"", None, "empty"),
        (b"{", None, "not valid JSON"),
        (b'{"id": "1"}', "1", "text: is missing"),
        (b'{"id": "1", "text": "x", "frob": 1}', "1", "frob: not a key"),
        (b'{"id": "1", "text": "\\ud800"}', "1", "half a character"),
        (b'{"id": "\\ud800"}', "?", "half a character"),
        (b'{"id": "1", "text": "\xff"}', "1", "UTF-8"),
        (json.dumps({"id": "1", "text": "x", "region": "火星县"}).encode(), "1", "no region has this name"),
        (json.dumps({"id": "1", "text": "x", "resident": {"hukou": "mars"}}).encode(), "1", "resident.hukou"),
    ],
)
def test_a_wrong_message_is_422_with_the_error(http: httpx.Client, body: bytes, id: str | None, word: str) -> None:
    answer = http.post("/api/v1/messages", content=body)
    assert answer.status_code == 422
    assert answer.json()["id"] == id
    assert word in answer.json()["error"]


def test_a_body_too_large_is_413_and_the_next_message_is_answered(http: httpx.Client) -> None:
    assert http.post("/api/v1/messages", content=b" " * 300_000).status_code == 413
    assert post(http, id="1", text="哪天截止", **SUIXI).status_code == 200


def test_a_region_that_is_known_but_has_no_notice_is_not_covered(http: httpx.Client) -> None:
    assert post(http, id="1", text="哪天截止", region="浦东新区").json()["outcome"] == "not_covered"


def test_health_and_readiness(http: httpx.Client) -> None:
    assert http.get("/healthz").json() == {"status": "ok"}
    assert http.get("/readyz").json() == {"ready": True, "database": True, "nlu": True}


def test_the_schema_tells_what_a_message_is(http: httpx.Client) -> None:
    operation = http.get("/api/openapi.json").json()["paths"]["/api/v1/messages"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) == {"id", "text"}


def test_pages_allow_only_our_own_scripts(http: httpx.Client) -> None:
    for path in ("/", "/notices/suixi-2022", "/notices/nowhere"):
        policy = http.get(path).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy


def test_a_notice_nobody_has_is_404(http: httpx.Client) -> None:
    assert http.get("/notices/nowhere").status_code == 404


def test_the_page_refuses_messages_from_elsewhere(http: httpx.Client) -> None:
    message = {"text": "哪天截止", "region": None, "conversation": "abc"}
    assert http.post("/page/messages", json=message).status_code == 403
    http.get("/")
    assert http.post("/page/messages", json={**message, "region": "火星"}).status_code == 422
    assert http.post("/page/messages", json={**message, "conversation": "../.."}).status_code == 422
    assert http.post("/page/messages", content=b"x" * 300_000).status_code == 422
    assert http.post("/page/messages", json=message).json()["outcome"] == "asked"


def test_two_visitors_with_the_same_conversation_name_are_apart(service: Service) -> None:
    message = {"text": "低保户要交多少", "region": "340621", "conversation": "same"}
    with httpx.Client(base_url=service.url, timeout=30) as one, httpx.Client(base_url=service.url, timeout=30) as two:
        for visitor in (one, two):
            visitor.get("/")
        one.post("/page/messages", json=message)
        assert (
            two.post("/page/messages", json={**message, "text": "哪天截止", "region": None}).json()["outcome"]
            == "asked"
        )
