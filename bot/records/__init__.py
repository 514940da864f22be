"""The enrolment records (参保档案): reading them, loading rosters into them, showing and exporting them."""
