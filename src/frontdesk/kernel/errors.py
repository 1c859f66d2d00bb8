"""What can go wrong, as the office would say it. The text of each may be shown to a person."""

from dataclasses import dataclass


class FrontdeskError(Exception):
    """The text may be shown: whole sentences, nothing personal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands in the way: a whole sentence, and the field it belongs to."""

    message: str
    field: str = ""
    overridable: bool = False
    """Whether a reason and a second call let it pass."""


class Refused(FrontdeskError):
    """The office's rules say no; all findings at once."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


class Conflict(FrontdeskError):
    """Another desk changed the same thing first."""


class NotAllowed(FrontdeskError):
    """The signed-in person may not do this."""


class NotFound(FrontdeskError):
    """The thing is no longer there."""


class Unavailable(FrontdeskError):
    """The database cannot be used now: unreachable, locked, disk full."""


class Cancelled(FrontdeskError):
    """Long work was stopped by the person who started it; nothing of it was kept."""


def refuse_if_any(findings: list[Finding]) -> None:
    """Raise `Refused` with everything found, or return."""
    if findings:
        raise Refused(*findings)
