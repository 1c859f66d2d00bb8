"""What a kind of visit usually comes to, in the office's own codes."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.expected_code import ExpectedCode
from frontdesk.services.billing import codes
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import visit_types
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from frontdesk.services.work import Work

MOST = 12
FIELD = "expected_codes"


@query(permission="schedule.view")
def expected(work: Work, *, visit_type_id: int) -> tuple[str, ...]:
    """The codes of a kind of visit, in the office's order."""
    return tuple(row.code for row in _rows(work, visit_type_id))


@dataclass(frozen=True, slots=True)
class SetUp:
    """A kind of visit as it is set up now, and what it was."""

    visit_type_id: int
    former: VisitTypeDraft | None
    """None for a new one."""
    former_codes: tuple[str, ...]


def _as_before(done: Performed) -> Undo:
    made = done.result
    if made.former is None:
        return Undo(visit_types.set_visit_type_active, visit_type_id=made.visit_type_id, is_active=False)
    return Undo(set_up, visit_type_id=made.visit_type_id, draft=made.former, expected=made.former_codes)


@command("Set up visit type", permission="schedule.edit_templates", undo=_as_before)
def set_up(
    work: Work,
    *,
    visit_type_id: int | None,
    draft: VisitTypeDraft,
    expected: tuple[str, ...],
    version: int | None = None,
) -> SetUp:
    """Adds a kind of visit, or changes it, with the codes that it usually comes to; booked visits stay.

    Raises `Refused` with all that is wrong, a code among it that is not the office's today.
    """
    wanted = tuple(dict.fromkeys(code.strip().upper() for code in expected if code.strip()))
    findings = _problems(work, wanted)
    former = None
    try:
        if visit_type_id is None:
            made_id = visit_types.add_visit_type(work, draft=draft)
        else:
            made_id = visit_type_id
            former = visit_types.change_visit_type(
                work, visit_type_id=visit_type_id, draft=draft, version=version
            )
    except Refused as refused:
        raise Refused(*refused.findings, *findings) from None
    refuse_if_any(findings)
    rows = _rows(work, made_id)
    for row in rows:
        work.session.delete(row)
    work.flush()
    for position, code in enumerate(wanted):
        work.add(ExpectedCode(visit_type_id=made_id, code=code, position=position))
    return SetUp(made_id, former, tuple(row.code for row in rows))


def _problems(work: Work, wanted: tuple[str, ...]) -> list[Finding]:
    findings: list[Finding] = []
    if len(wanted) > MOST:
        return [Finding(f"A visit type has at most {MOST} expected codes.", field=FIELD)]
    for code in wanted:
        try:
            codes.procedure_on(work, code, work.today)
        except Refused as refused:
            findings += [Finding(finding.message, field=FIELD) for finding in refused.findings]
    return findings


def _rows(work: Work, visit_type_id: int) -> list[ExpectedCode]:
    asked = (
        select(ExpectedCode)
        .where(ExpectedCode.visit_type_id == visit_type_id)
        .order_by(ExpectedCode.position, ExpectedCode.id)
    )
    return list(work.session.scalars(asked))
