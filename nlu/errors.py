"""What can go wrong between the bot and its NLU server.

NluError
├── NluUnavailable        no answer can be had now; the message is answered without Rasa
│   ├── NluSlow           the server did not answer within the time allowed
│   └── NluGone           nobody answers at the address, or what answers is not Rasa
└── NluSetupError         an operator has to mend something
    ├── NluNotInstalled   the Rasa environment is missing
    ├── NluNotTrained     there is no trained model
    ├── NluNotStarted     the server ended or stayed silent while it was starting
    └── NluCommandFailed  a run of Rasa's own command line (training, evaluation) ended with an error
"""

from __future__ import annotations


class NluError(Exception):
    """The root of all errors of the NLU side."""


class NluUnavailable(NluError):
    """No answer can be had now."""


class NluSlow(NluUnavailable):
    """The NLU server did not answer within the time allowed."""


class NluGone(NluUnavailable):
    """Nobody answers at the NLU server's address, or what answers is not Rasa."""


class NluSetupError(NluError):
    """The NLU side is not set up; the message says what an operator has to do."""


class NluNotInstalled(NluSetupError):
    """The Rasa environment is missing."""


class NluNotTrained(NluSetupError):
    """There is no trained model."""


class NluNotStarted(NluSetupError):
    """The server ended or stayed silent while it was starting."""


class NluCommandFailed(NluSetupError):
    """A run of Rasa's own command line ended with an error."""
