"""Why payers deny, in the office's terms: what each reason code (CARC) comes from, who could prevent it."""

import csv
from enum import StrEnum
from functools import cache

from sqlalchemy import ColumnElement, case
from sqlalchemy.sql.elements import SQLCoreOperations

from frontdesk.kernel.files import resources_folder
from frontdesk.services.billing.scrub_found import Owner


class Cause(StrEnum):
    """What a denial comes from."""

    ELIGIBILITY = "eligibility"
    AUTHORIZATION = "authorization"
    CODING = "coding"
    MEDICAL_NECESSITY = "medical_necessity"
    TIMELY_FILING = "timely_filing"
    DUPLICATE = "duplicate"
    OTHER = "other"


CAUSE_WORDS = {
    Cause.ELIGIBILITY: "Registration, eligibility",
    Cause.AUTHORIZATION: "Authorization",
    Cause.CODING: "Coding",
    Cause.MEDICAL_NECESSITY: "Medical necessity",
    Cause.TIMELY_FILING: "Filed too late",
    Cause.DUPLICATE: "Duplicate",
    Cause.OTHER: "Other",
}
OWNER_WORDS = {
    Owner.DESK: "Front desk",
    Owner.PROVIDER: "Provider",
    Owner.BILLING: "Billing",
    Owner.MANAGER: "Manager",
}
_UNKNOWN = (Cause.OTHER, Owner.MANAGER)


def of_code(carc: str) -> tuple[Cause, Owner]:
    """The cause of a reason code, and who could have prevented it; the manager for a code not listed."""
    return _table().get(carc, _UNKNOWN)


def is_known(carc: SQLCoreOperations[str]) -> ColumnElement[bool]:
    """Whether a reason code is a denial's, as SQL."""
    return carc.in_(sorted(_table()))


def cause_of(carc: SQLCoreOperations[str]) -> ColumnElement[str]:
    """The cause of a reason code as SQL."""
    return case(
        *((carc.in_(_codes(cause=cause)), cause.value) for cause in Cause if cause is not Cause.OTHER),
        else_=Cause.OTHER.value,
    )


def owner_of(carc: SQLCoreOperations[str]) -> ColumnElement[str]:
    """Who could have prevented it, as SQL."""
    return case(
        *((carc.in_(_codes(owner=owner)), owner.value) for owner in Owner if owner is not Owner.MANAGER),
        else_=Owner.MANAGER.value,
    )


def _codes(*, cause: Cause | None = None, owner: Owner | None = None) -> list[str]:
    table = sorted(_table().items())
    return [code for code, (its, whose) in table if its is cause or whose is owner]


@cache
def _table() -> dict[str, tuple[Cause, Owner]]:
    path = resources_folder() / "codes" / "denial_causes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (Cause(row["cause"]), Owner(row["preventable_by"])) for row in csv.DictReader(file)
        }
