"""`GET /healthz` (the process lives) and `GET /readyz` (database and NLU server answer)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from nlu.running import answers

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Which of the parts a reply needs answer now; 503 where one does not."""
    running = request.app.state.running
    try:
        async with running.database.connect() as connection:
            await connection.execute(text("SELECT 1"))
        database = True
    except (SQLAlchemyError, OSError):
        database = False
    parts = {"database": database, "nlu": await answers(running.nlu.url, timeout=2.0)}
    return JSONResponse({"ready": all(parts.values()), **parts}, 200 if all(parts.values()) else 503)
