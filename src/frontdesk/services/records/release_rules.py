"""The office's clock for each ground on which copies are asked for, and who must agree before they leave.

The law sets a time for the patient's own access only (45 CFR 164.524(b)(2): thirty days, once thirty more,
with the reason in writing). For the other grounds the office promises what it can keep; each is a row that it
edits.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.records.release import Basis, ReleaseRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_release_rule_basis", "Another desk has just set this rule. Look at it, then save.")


@dataclass(frozen=True, slots=True)
class ReleaseClock:
    """The rule of one ground. `warn_days` before the deadline the list turns amber."""

    basis: Basis
    days: int
    extension_days: int
    warn_days: int
    needs_second_reader: bool
    reviewed_by: str = ""
    reviewed_on: date | None = None


SHIPPED: Final = {
    # 45 CFR 164.524(b)(2)(i), (ii): thirty days from receipt, once thirty more.
    Basis.ACCESS: ReleaseClock(Basis.ACCESS, 30, 30, 5, False),
    # 45 CFR 164.508 sets no time: the office answers as fast as it must for the patient.
    Basis.AUTHORIZATION: ReleaseClock(Basis.AUTHORIZATION, 30, 30, 5, True),
    # 45 CFR 164.506(c)(2), 171.301 (information blocking): without unnecessary delay.
    Basis.TREATMENT: ReleaseClock(Basis.TREATMENT, 30, 0, 5, False),
    Basis.PAYMENT: ReleaseClock(Basis.PAYMENT, 30, 15, 5, False),
    Basis.OPERATIONS: ReleaseClock(Basis.OPERATIONS, 30, 30, 5, True),
    # 45 CFR 164.512(e): the order or subpoena names its own day, which goes before.
    Basis.COURT_ORDER: ReleaseClock(Basis.COURT_ORDER, 14, 0, 5, True),
    Basis.SUBPOENA: ReleaseClock(Basis.SUBPOENA, 14, 0, 5, True),
    Basis.REQUIRED_BY_LAW: ReleaseClock(Basis.REQUIRED_BY_LAW, 14, 0, 5, True),
    Basis.PUBLIC_HEALTH: ReleaseClock(Basis.PUBLIC_HEALTH, 7, 0, 2, False),
}
"""What holds until the office sets its own."""


@query(permission="records.view")
def rules(work: Work) -> tuple[ReleaseClock, ...]:
    """The rule of every ground, in the order in which they are listed; one statement."""
    own = {
        row.basis: _clock(row) for row in work.session.scalars(select(ReleaseRule).order_by(ReleaseRule.id))
    }
    return tuple(own.get(basis, shipped) for basis, shipped in SHIPPED.items())


def rule_of(work: Work, basis: Basis) -> ReleaseClock:
    """The rule of one ground; one statement."""
    row = work.session.scalar(select(ReleaseRule).where(ReleaseRule.basis == basis))
    return SHIPPED[basis] if row is None else _clock(row)


def due(clock: ReleaseClock, received_on: date, wanted_by: date | None = None) -> date:
    """The deadline on the office's calendar: the rule's days, or the paper's own day where it is earlier."""
    by_rule = received_on + timedelta(days=clock.days)
    return by_rule if wanted_by is None else max(received_on, min(by_rule, wanted_by))


def _as_before(done: Performed) -> Undo:
    return Undo(set_rule, rule=done.result)


@command("Set rule for releases", permission="records.set_rules", undo=_as_before)
def set_rule(work: Work, *, rule: ReleaseClock) -> ReleaseClock:
    """From now on; deadlines that were given stay as they are. Gives back the rule before."""
    limits = (("days", 1, 365), ("extension_days", 0, 365), ("warn_days", 0, 60))
    findings = [
        Finding(f"Enter a number of days from {lowest} to {highest}.", field)
        for field, lowest, highest in limits
        if not lowest <= getattr(rule, field) <= highest
    ]
    if rule.basis is Basis.ACCESS and rule.days > 30:
        findings.append(
            Finding("The law gives thirty days for the patient's own access. Enter 30 or fewer.", "days")
        )
    if rule.basis is Basis.ACCESS and rule.extension_days > 30:
        findings.append(
            Finding("The law allows one extension of thirty days. Enter 30 or fewer.", "extension_days")
        )
    if bool(rule.reviewed_by.strip()) != (rule.reviewed_on is not None):
        findings.append(Finding("Enter who reviewed the rule and on which day, or neither.", "reviewed_by"))
    elif rule.reviewed_on is not None and rule.reviewed_on > work.today:
        findings.append(Finding("The day of the review is still to come. Look at the date.", "reviewed_on"))
    refuse_if_any(findings)
    row = work.session.scalar(select(ReleaseRule).where(ReleaseRule.basis == rule.basis))
    before = SHIPPED[rule.basis] if row is None else _clock(row)
    fields = {name: getattr(rule, name) for name in ReleaseClock.__dataclass_fields__}
    fields["reviewed_by"] = rule.reviewed_by.strip()
    if row is None:
        work.add(ReleaseRule(**fields))
    else:
        for name, value in fields.items():
            setattr(row, name, value)
    work.flush()
    return before


def _clock(row: ReleaseRule) -> ReleaseClock:
    return ReleaseClock(
        basis=row.basis,
        days=row.days,
        extension_days=row.extension_days,
        warn_days=row.warn_days,
        needs_second_reader=row.needs_second_reader,
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on,
    )
