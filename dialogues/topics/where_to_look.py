"""Where a payment can be looked up, for whoever asks without a record at hand."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.enquiry import Enquiry
from dialogues.reply import Part
from dialogues.topics.statement import StatementContext, statement

_WHERE = re.compile("(哪|哪里|哪儿|怎么|咋|咋个)(里|儿|能|才|去|样)*(查|看|瞧|找)")


def where_to_look(enquiry: Enquiry) -> Part | None:
    """在哪能看见记录: where the notice says one can look, for whoever asks for no record's content."""
    if enquiry.facet != "my_record" or enquiry.record is not None or not _WHERE.search(enquiry.question.text):
        return None
    said = statement(replace(enquiry, facet="pay_receipt"))
    return replace(said, facet=enquiry.facet) if isinstance(said.context, StatementContext) else None
