"""Disposal runs as the Retention page shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from frontdesk.kernel.names import last_first
from frontdesk.models.records.disposal import Decision, DisposalItem, DisposalRun, Outcome
from frontdesk.models.records.disposal import RunState as RunState
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records.stubs import run_said
from frontdesk.services.security import roles
from frontdesk.services.visit import retention_due
from frontdesk.services.visit.disposal import DESTROY
from frontdesk.services.work import Work

_UNDER_WAY = (RunState.REVIEW, RunState.APPROVED_ONCE, RunState.APPROVED)


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the list."""

    id: int
    version: int
    number: str
    state: RunState
    collected_at: datetime
    collected_by: str
    first_approved_by: str
    first_approved_at: datetime | None
    second_approved_by: str
    second_approved_at: datetime | None
    method: str
    vendor: str
    witness: str
    done_at: datetime | None
    done_by: str
    called_off_because: str
    item_count: int
    open_count: int
    dispose_count: int
    has_certificate: bool
    waits_for_me: bool
    """Whether the person who asks could go on with it now."""

    @property
    def keep_count(self) -> int:
        """Entries that the review keeps."""
        return self.item_count - self.open_count - self.dispose_count


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An entry of a run."""

    id: int
    number: int
    document_id: int | None
    volume_id: int | None
    patient_id: int
    patient: str
    chart_number: str
    title: str
    dated_on: date
    disposable_on: date
    because: str
    decision: Decision
    keep_reason: str
    outcome: Outcome | None
    sha256: str


@query(permission="records.view")
def runs(work: Work) -> tuple[RunLine, ...]:
    """Those under way first, then the newest."""
    counts: dict[int, dict[Decision, int]] = {}
    for run_id, decision, count in work.session.execute(
        select(DisposalItem.run_id, DisposalItem.decision, func.count()).group_by(
            DisposalItem.run_id, DisposalItem.decision
        )
    ):
        counts.setdefault(run_id, {})[decision] = count
    found = work.session.scalars(select(DisposalRun).order_by(DisposalRun.number.desc())).all()
    may_approve = _may_approve(work)
    lines = [_line(work, run, counts.get(run.id, {}), may_approve) for run in found]
    return tuple(sorted(lines, key=lambda line: line.state not in _UNDER_WAY))


@query(permission="records.view")
def items(work: Work, *, run_id: int) -> tuple[ItemLine, ...]:
    """The entries of a run, in order."""
    rows = work.session.execute(
        select(DisposalItem, Patient.legal_first, Patient.legal_last, Patient.chart_number)
        .join(Patient, Patient.id == DisposalItem.patient_id)
        .where(DisposalItem.run_id == run_id)
        .order_by(DisposalItem.number)
    )
    return tuple(
        ItemLine(
            id=item.id,
            number=item.number,
            document_id=item.document_id,
            volume_id=item.volume_id,
            patient_id=item.patient_id,
            patient=last_first(last, first),
            chart_number=chart_number,
            title=item.title,
            dated_on=item.dated_on,
            disposable_on=item.disposable_on,
            because=item.because,
            decision=item.decision,
            keep_reason=item.keep_reason,
            outcome=item.outcome,
            sha256=item.sha256,
        )
        for item, first, last, chart_number in rows
    )


def waiting_count(work: Work) -> int:
    """What is due and in no run, and the runs that this person could go on with."""
    waits = sum(line.waits_for_me for line in runs(work))
    return retention_due.due_count(work) + waits


def _may_approve(work: Work) -> tuple[bool, bool]:
    """Whether this person may destroy, and whether whoever collected a run must leave it to others."""
    may = work.actor.may(DESTROY)
    return may, may and len(roles.who_may(work, DESTROY)) >= 3


def _line(
    work: Work, run: DisposalRun, counts: dict[Decision, int], may_approve: tuple[bool, bool]
) -> RunLine:
    me = (work.actor.user_id, work.actor.name)
    may, is_left_to_others = may_approve
    is_mine = (run.collected_by_id, run.collected_by) == me
    gave_first = (run.first_approved_by_id, run.first_approved_by) == me
    open_count = counts.get(Decision.OPEN, 0)
    may = may and not (is_mine and is_left_to_others and run.state is not RunState.APPROVED)
    waits = {
        RunState.REVIEW: (open_count > 0 and work.actor.may("records.prepare_disposal"))
        or (open_count == 0 and may),
        RunState.APPROVED_ONCE: may and not gave_first,
        RunState.APPROVED: may,
    }
    return RunLine(
        id=run.id,
        version=run.version,
        number=run_said(run.number),
        state=run.state,
        collected_at=work.wall(run.collected_at),
        collected_by=run.collected_by,
        first_approved_by=run.first_approved_by,
        first_approved_at=work.wall(run.first_approved_at) if run.first_approved_at else None,
        second_approved_by=run.second_approved_by,
        second_approved_at=work.wall(run.second_approved_at) if run.second_approved_at else None,
        method=run.method,
        vendor=run.vendor,
        witness=run.witness,
        done_at=work.wall(run.done_at) if run.done_at else None,
        done_by=run.done_by,
        called_off_because=run.called_off_because,
        item_count=sum(counts.values()),
        open_count=open_count,
        dispose_count=counts.get(Decision.DISPOSE, 0),
        has_certificate=run.certificate_sha256 is not None,
        waits_for_me=waits.get(run.state, False),
    )
