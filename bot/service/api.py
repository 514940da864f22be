"""`POST /api/v1/messages`: one message in, one reply out, for whoever has the bearer token."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.errors import AnswerFailed, BadMessage, CanbaoError, UnknownRegion
from bot.messages import MessageIn, MessageOut, read_message
from policy_kb.errors import PolicyError

router = APIRouter(prefix="/api/v1")

LONGEST_BODY = 256 * 1024
"""Bytes of a request body; a message of 10,000 characters and a resident object fit many times over."""


@router.post(
    "/messages",
    response_model=MessageOut,
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": MessageIn.model_json_schema()}}}},
)
async def messages(request: Request) -> Response:
    """Answers one message object; 401 without the token, 413 for too large a body, 422 with `error` for a wrong object."""
    running = request.app.state.running
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secrets.compare_digest(token.encode(), running.token.encode()):
        return JSONResponse(
            {"error": "send the header 'Authorization: Bearer TOKEN'"}, 401, {"WWW-Authenticate": "Bearer"}
        )
    body = await read_body(request)
    if body is None:
        return JSONResponse({"error": f"the body is longer than {LONGEST_BODY} bytes; send one message"}, 413)
    message = read_message(body)
    try:
        return replied(await running.assistant.answer(message))
    except (UnknownRegion, PolicyError) as error:
        raise BadMessage(message.id, str(error)) from error


async def read_body(request: Request) -> bytes | None:
    """The body; None where it is too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return body


def replied(reply: MessageOut) -> Response:
    """A reply as JSON."""
    return Response(reply.model_dump_json(), media_type="application/json")


def add_error_answers(app: FastAPI) -> None:
    """422 with `error` for a message that is wrong, 500 where the program failed at it; the next one is served."""

    @app.exception_handler(BadMessage)
    async def bad_message(_: Request, error: BadMessage) -> JSONResponse:
        return JSONResponse({"id": error.id, "error": str(error)}, 422)

    @app.exception_handler(AnswerFailed)
    async def failed(_: Request, error: AnswerFailed) -> JSONResponse:
        return JSONResponse({"id": None, "error": str(error)}, 500)

    @app.exception_handler(CanbaoError)
    @app.exception_handler(PolicyError)
    async def wrong_content(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"id": None, "error": str(error)}, 422)
