"""The kill switch (停用开关): a topic or a channel that administrators turn off, with a reason; residents get a set text."""
