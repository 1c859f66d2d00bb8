"""The end of a check-in: what was typed is saved first, what is open needs a reason, then the paper."""

from collections.abc import Callable

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.visit import check_in, papers
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.steps import StepKind
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import counted, tr
from frontdesk.ui.visit.half_way import HalfWay
from frontdesk.ui.visit.reason_asked import ReasonAsked

_LEFT_OPEN = (
    "Patient will sign in the room",
    "Patient pays at check-out",
    "Provider asked for the patient now",
    "Payer cannot be reached",
)


class Finishing:
    """On the check-in page; `done` is called once the patient is ready, `lead` with what is in the way."""

    def __init__(
        self, page: Page, *, done: Callable[[CheckIn], object], lead: Callable[[StepKind], object]
    ) -> None:
        self._page, self._done, self._lead = page, done, lead
        self._visit: CheckIn | None = None

    def mark_ready(self, visit: CheckIn, unsaved: HalfWay) -> None:
        """What was typed is saved first; then the patient waits for a room."""
        self._visit = visit
        left = (
            (bool(unsaved.demographics), StepKind.DEMOGRAPHICS, tr("Some changes are not saved yet.")),
            (bool(unsaved.insurance), StepKind.INSURANCE, tr("The insurance card is not saved yet.")),
            (unsaved.payment is not None, StepKind.PAYMENT, tr("The payment is not recorded yet.")),
        )
        first = next(((kind, what) for is_left, kind, what in left if is_left), None)
        if first is None:
            self._finish("")
            return
        kind, what = first
        self._page.complain(tr("{what} Save or clear it, then mark ready.", what=what))
        self._lead(kind)

    def refused(self, error: FrontdeskError) -> None:
        findings = error.findings if isinstance(error, Refused) else ()
        if findings and all(finding.overridable for finding in findings):
            self._ask_why(findings)
            return
        self._page.refused(error)
        if any(finding.field == "coverage" for finding in findings):
            self._lead(StepKind.INSURANCE)

    def show_slip(self, visit: CheckIn) -> None:
        """The paper that goes with the patient, to be printed."""
        page, name = self._page, f"routing-slip-{visit.appointment_id}.pdf"
        dialog = PaperDialog(page, page.desk, tr("Routing slip"), name)
        page.desk.ask(dialog, dialog.show_pdf, papers.routing_slip_pdf, appointment_id=visit.appointment_id)
        dialog.open()

    def show_label(self, visit: CheckIn) -> None:
        """The label for the folder and what goes with it, to be printed."""
        page, name = self._page, f"label-{visit.appointment_id}.pdf"
        dialog = PaperDialog(page, page.desk, tr("Label"), name)
        page.desk.ask(dialog, dialog.show_pdf, papers.label_pdf, appointment_id=visit.appointment_id)
        dialog.open()

    def _finish(self, reason: str) -> None:
        visit = self._visit
        if visit is not None:
            self._page.desk.do(
                self,
                lambda _: self._done(visit),
                check_in.finish,
                appointment_id=visit.appointment_id,
                reason=reason,
                version=visit.version,
            )

    def _ask_why(self, findings: tuple[Finding, ...]) -> None:
        provider = self._visit.provider if self._visit is not None else ""
        said = " ".join(finding.message for finding in findings)
        ReasonAsked(
            self._page,
            counted(
                len(findings), "Mark ready with {count} item open?", "Mark ready with {count} items open?"
            ),
            tr("{items} {provider}'s team will see why.", items=said, provider=provider),
            tuple(tr(reason) for reason in _LEFT_OPEN),
            self._finish,
            verb=tr("Mark ready anyway"),
            keep=tr("Keep working"),
        ).open()
