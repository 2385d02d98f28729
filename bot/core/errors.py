"""What can go wrong, by what one can do about it."""

from typing import Optional, Sequence


class AfterwordError(Exception):
    """The base of every error of ours."""


class DefinitionError(AfterwordError):
    """A definition that cannot be used: names the file, the key, what is wrong and the mend.

    `others` are found in the same reading; the message has each on a line of its own.
    """

    def __init__(self, file: str, key_path: str, problem: str, mend: str, others: "Sequence[DefinitionError]" = ()):
        line = f"{file}: {key_path}: {problem} — {mend}"
        super().__init__("\n".join([line, *map(str, others)]))
        self.file, self.key_path, self.problem, self.mend = file, key_path, problem, mend
        self.others = tuple(others)


class InvalidInput(AfterwordError):
    """Something a caller sent is not acceptable; `field` names it."""

    def __init__(self, message: str, field: Optional[str] = None):
        super().__init__(message)
        self.field = field


class Forbidden(AfterwordError):
    """Whoever asks may not do this, whatever the state of things is."""


class NotFound(AfterwordError):
    """There is no such thing."""


class Gone(NotFound):
    """It was there, and was erased for good."""


class Conflict(AfterwordError):
    """It was changed by somebody else since it was read."""


class Held(Conflict):
    """Somebody else has the case; `holder` is their name."""

    def __init__(self, holder: str):
        super().__init__(f"{holder} has this case")
        self.holder = holder


class ServiceUnavailable(AfterwordError):
    """Another system gave no answer, or a fault that may pass: try again later."""


class ServiceRefused(AfterwordError):
    """Another system answered no: trying again will not help."""
