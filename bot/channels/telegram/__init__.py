"""Telegram by python-telegram-bot: webhook or polling, inline keyboards, public answers only."""

import os

# the library's next major version gives times as timedelta; without this it warns at every flood limit
os.environ.setdefault("PTB_TIMEDELTA", "true")
