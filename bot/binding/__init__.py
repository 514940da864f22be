"""Binding (绑定): a resident's account on a channel and the record it is allowed to hear."""
