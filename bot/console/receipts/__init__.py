"""Answer receipts (答复编号): what was asked and answered under a code, as it was then."""
