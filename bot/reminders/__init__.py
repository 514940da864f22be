"""Reminders (缴费提醒): before a window closes or a newborn's deadline passes, to those who asked for it."""
