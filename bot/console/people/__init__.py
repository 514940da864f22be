"""People (参保人): look-up with a reason, the record as a card, what the notice decides for this person, the household."""
