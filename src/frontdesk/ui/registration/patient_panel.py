"""The patient panel beside the pages: all that the desk must know of the patient in focus."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.registration import merged, patients
from frontdesk.services.registration.merged import LeadsTo
from frontdesk.services.registration.panel import PatientStatus
from frontdesk.services.visit.patient_panel import PatientPanel as Shown
from frontdesk.services.visit.patient_panel import patient_panel
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import column, scrolled
from frontdesk.ui.kit.page import Errand, PatientView
from frontdesk.ui.registration import panel_sections as sections
from frontdesk.ui.registration.panel_head import PanelHead
from frontdesk.ui.registration.restricted import Restricted
from frontdesk.ui.shell import pages
from frontdesk.ui.shell.actions import Action, offered
from frontdesk.ui.text import tr

_LOOKED_AT_AFTER_MS = 1500
"""Whoever stays in focus so long was looked at: walking over rows with the arrow keys is no look."""


class PatientPanel(PatientView):
    """Follows the focus; reloads when anything of the patient changes."""

    topics = frozenset(
        {
            "patient",
            "patient_phone",
            "patient_contact",
            "patient_alert",
            "coverage",
            "policy",
            "coverage_verification",
            "self_pay",
            "consent",
            "visit_type_form",
            "release_request",
            "journal_entry",
            "statement",
            "appointment",
        }
    )

    def __init__(
        self, desk: Desk, actions: Sequence[Action] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._actions = (
            offered(desk.may, [entry.name for entry in pages.PAGES]) if actions is None else tuple(actions)
        )
        self._patient_id: int | None = None
        self._opened: set[int] = set()
        self._area = scrolled(QWidget())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addWidget(self._area, 1)
        self._looked_at = QTimer(self)
        self._looked_at.setSingleShot(True)
        self._looked_at.setInterval(_LOOKED_AT_AFTER_MS)
        self._looked_at.timeout.connect(self._write_look)
        self._show_nobody()

    def show_patient(self, patient_id: int | None) -> None:
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self._looked_at.stop()
            self.complain("")
            self.reload()

    def reload(self) -> None:
        if self._patient_id is None:
            self._show_nobody()
        else:
            self.desk.ask(self, self._show, patient_panel, patient_id=self._patient_id)

    def _show(self, shown: Shown) -> None:
        who = shown.patient.identity
        if who.patient_id != self._patient_id:
            return
        if who.status is PatientStatus.MERGED:
            self.desk.ask(self, self._lead_on, merged.leads_to, patient_id=who.patient_id)
            return
        head = PanelHead(who, shown.today, self._actions)
        head.go.connect(self.go)
        if self._is_closed(shown):
            self._replace(head, Restricted(self._break_glass))
            return
        self._replace(
            head,
            sections.phones(shown.patient),
            sections.alerts(shown.patient, lambda other_id: self._compare(shown, other_id)),
            sections.coverage(shown.patient, self.desk.today),
            sections.consents(shown.forms),
            sections.balance(shown, self._collect if self._may("pay") else None),
            sections.visits(shown),
        )
        self._looked_at.start()

    def _show_nobody(self) -> None:
        self._replace(
            EmptyState(
                "user-round",
                tr("No patient in focus"),
                tr("Choose a visit, or press Ctrl+K and type a name, birth date or phone."),
            )
        )

    def _replace(self, *parts: QWidget | None) -> None:
        inner = QWidget()
        inner.setLayout(column(*(part for part in parts if part is not None), None, gap=0))
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)

    def _is_closed(self, shown: Shown) -> bool:
        who = shown.patient.identity
        return (
            who.is_restricted
            and who.patient_id not in self._opened
            and not self.desk.may("registration.open_restricted")
        )

    def _break_glass(self, reason: str) -> None:
        patient_id = self._patient_id
        if patient_id is None:
            return

        def opened(_: None) -> None:
            self._opened.add(patient_id)
            self.complain("")
            self.reload()

        self.desk.do(self, opened, patients.open_record, patient_id=patient_id, reason=reason)

    def _write_look(self) -> None:
        if self._patient_id is not None and self.desk.is_signed_in:
            self.desk.do(
                self,
                _nothing_more,
                patients.open_record,
                patient_id=self._patient_id,
                reason=tr("Opened before with a reason") if self._patient_id in self._opened else "",
            )

    def _compare(self, shown: Shown, other_id: int) -> None:
        # Loaded here: comparing charts needs all that finds duplicates.
        from frontdesk.ui.registration.compare_dialog import CompareDialog

        CompareDialog(self, self.desk, shown.patient, other_id, self._turn_to).open()

    def _turn_to(self, patient_id: int) -> None:
        self.show_patient(patient_id)
        self.patient_chosen.emit(patient_id)

    def _lead_on(self, leads: LeadsTo | None) -> None:
        """An old link, parked work or another desk's merge: the chart that stands is shown, and said why."""
        if leads is not None:
            self._turn_to(leads.patient_id)
            self.banner.say("info", leads.sentence)

    def _collect(self) -> None:
        self._go("pay")

    def _may(self, name: str) -> bool:
        return any(action.name == name for action in self._actions)

    def _go(self, name: str) -> None:
        for action in self._actions:
            if action.name == name:
                self.go.emit(action.page, Errand(name, self._patient_id))


def _nothing_more(_: None) -> None:
    """The look is written; nothing is shown for it."""
