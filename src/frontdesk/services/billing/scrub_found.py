"""What a rule of the claim check can say."""

from dataclasses import dataclass
from enum import StrEnum


class Owner(StrEnum):
    """Who puts it right."""

    DESK = "desk"
    BILLING = "billing"
    PROVIDER = "provider"
    MANAGER = "manager"


class Target(StrEnum):
    """Where it is put right."""

    PATIENT = "patient"
    COVERAGE = "coverage"
    AUTHORIZATION = "authorization"
    PAYER = "payer"
    CLAIM = "claim"
    SUPERBILL = "superbill"
    PROVIDER = "provider"
    PRACTICE = "practice"
    SITE = "site"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class Found:
    """One sentence on what is wrong, one on what to do; `suggestion` is the value that would do."""

    message: str
    advice: str = ""
    field: str = ""
    line: int | None = None
    suggestion: str = ""
