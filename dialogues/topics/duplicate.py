"""Enrolment at two places (重复参保): what the notice says to those insured elsewhere, however they tell their story."""

from __future__ import annotations

from dataclasses import replace

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.statement import statement

_PLAINLY = "已经在外地参加了居民医保，还能在这里参保吗"
"""The question of somebody insured elsewhere, for one whose own words match no statement."""


def duplicate(enquiry: Enquiry) -> Part:
    """The statement that fits the words; that on whoever is insured elsewhere, where this was said and none fits."""
    part = statement(enquiry)
    if part.citations or enquiry.said.get("insured_elsewhere") is not True:
        return part
    return statement(replace(enquiry, question=replace(enquiry.question, text=_PLAINLY), follow_up=False))
