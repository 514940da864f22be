"""The kill switch's page (停用开关): topics and channels, what is off, and what residents read then."""
