"""What is done about who pays, beside typing the card: the dialogs that the Insurance card opens."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import visit_choice
from frontdesk.services.visit import insurance
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.eligibility_asking import Question
from frontdesk.services.visit.insurance import InsuranceFacts
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.registration.authorization_dialogs import About, GrantDialog
from frontdesk.ui.text import tr
from frontdesk.ui.visit.benefits_dialog import BenefitsDialog
from frontdesk.ui.visit.card_dialogs import AddCoverageDialog, Further
from frontdesk.ui.visit.coverage_dialogs import PayWithoutInsurance
from frontdesk.ui.visit.coverages_dialog import CoveragesDialog
from frontdesk.ui.visit.eligibility_files import EligibilityFiles
from frontdesk.ui.visit.verify_dialog import VerifyCoverage


class InsuranceActs(Panel):
    """Knows the visit; each act opens its dialog or sends its command."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._visit: CheckIn | None = None
        self._facts: InsuranceFacts | None = None
        self._files = EligibilityFiles(desk, self)
        self._files.told.connect(self.told)
        self._files.failed.connect(self.refused)

    def verify(self) -> None:
        """Write down what the payer says."""
        if self._visit is not None and self._visit.coverages:
            line, on = self._visit.coverages[0].line, self._visit.starts.date()
            VerifyCoverage(
                self,
                self.desk,
                line.id,
                line.plan,
                on,
                asks=lambda: self._files.ask((Question(line.id, on),)),
            ).open()

    def show_benefits(self) -> None:
        """All that the payer said last."""
        first = self._visit.coverages[0] if self._visit is not None and self._visit.coverages else None
        if self._visit is not None and first is not None and first.verification is not None:
            name = self._visit.patient.name
            BenefitsDialog(self, self.desk, first.verification.id, name, first.line.plan).open()

    def pay_without(self) -> None:
        if self._visit is not None:
            PayWithoutInsurance(self, self.desk, self._visit.patient.patient_id).open()

    def add_secondary(self) -> None:
        """The card behind the first."""
        if self._visit is not None:
            rank = len(self._visit.coverages) + 1
            AddCoverageDialog(
                self,
                self.desk,
                Further(self._visit.patient.patient_id, self._visit.patient.name, rank),
                lambda _: self.told.emit(tr("Added coverage")),
            ).open()

    def open_coverages(self) -> None:
        """Everything that ever covered the patient; order, ends, cases."""
        if self._visit is not None:
            CoveragesDialog(
                self,
                self.desk,
                self._visit.patient.patient_id,
                self._visit.patient.name,
                self._visit.appointment_id,
                self.told.emit,
            ).open()

    def authorize(self) -> None:
        """What the payer authorized for this visit."""
        if self._visit is None or not self._visit.coverages:
            return
        line = self._visit.coverages[0].line
        about = About(
            patient=self._visit.patient.name,
            payer=line.payer,
            appointment_id=self._visit.appointment_id,
            coverage_id=line.id,
            what_for=self._facts.visit_type if self._facts else "",
            from_day=self._visit.starts.date(),
            units=max(1, self._facts.units.missing) if self._facts else 1,
        )
        GrantDialog(self, self.desk, about, self.told.emit).open()

    def use_case(self) -> None:
        """This visit is one of the case on file, or after all it is none."""
        if self._visit is None or self._facts is None or not self._facts.cases:
            return
        coverage_id = self._facts.cases[0].id if self._facts.chosen_id is None else None
        self.desk.do(
            self,
            lambda _: self.told.emit(tr("Changed who pays for this visit")),
            visit_choice.choose,
            appointment_id=self._visit.appointment_id,
            coverage_id=coverage_id,
        )

    def _insure_again(self) -> None:
        if self._visit is not None:
            self.desk.do(
                self, self._told_again, insurance.insured_again, patient_id=self._visit.patient.patient_id
            )

    def _told_again(self, _: object) -> None:
        self.told.emit(tr("Insurance is used again"))
