"""The web service: the HTTP API, the residents' page, the notices to read, health."""
