"""The pages of the window: one line each. The first page of a tab is what the tab opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from PySide6.QtWidgets import QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Page, PatientView


@dataclass(frozen=True, slots=True)
class Entry:
    """A page by its name, the tab it stands under, and where its class is: loaded when first opened."""

    name: str
    tab: str
    where: str
    counts: bool = False
    """Whether its tab bears a count from the start."""

    def load(self) -> type[Page]:
        return cast("type[Page]", _load(self.where))


PAGES: tuple[Entry, ...] = (
    Entry("schedule", "Schedule", "frontdesk.ui.schedule.day_page:DayPage"),
    Entry("resources", "Schedule", "frontdesk.ui.schedule.resource_page:ResourcePage"),
    Entry("week", "Schedule", "frontdesk.ui.schedule.week_page:WeekPage"),
    Entry("month", "Schedule", "frontdesk.ui.schedule.month_page:MonthPage"),
    Entry("list", "Schedule", "frontdesk.ui.schedule.list_page:ListPage"),
    Entry("find_slot", "Schedule", "frontdesk.ui.schedule.find_slot_page:FindSlotPage"),
    Entry("urgent", "Schedule", "frontdesk.ui.schedule.urgent_page:UrgentPage"),
    Entry("late", "Schedule", "frontdesk.ui.schedule.late_page:LatePage"),
    Entry("requests", "Schedule", "frontdesk.ui.schedule.requests_page:RequestsPage"),
    Entry("recall", "Schedule", "frontdesk.ui.schedule.recall_page:RecallPage"),
    Entry("waitlist", "Schedule", "frontdesk.ui.schedule.waitlist_page:WaitlistPage"),
    Entry("unscheduled", "Schedule", "frontdesk.ui.schedule.unscheduled_page:UnscheduledPage"),
    Entry("calls", "Schedule", "frontdesk.ui.schedule.calls_page:CallsPage"),
    Entry("reminders", "Schedule", "frontdesk.ui.schedule.reminders_page:RemindersPage"),
    Entry("replan", "Schedule", "frontdesk.ui.schedule.replan_page:ReplanPage"),
    Entry("schedule_setup", "Schedule", "frontdesk.ui.schedule.setup_page:SetupPage"),
    Entry("check_in", "Check-in", "frontdesk.ui.visit.board_page:BoardPage"),
    Entry("check_in_visit", "Check-in", "frontdesk.ui.visit.check_in_page:CheckInPage"),
    Entry("walk_in", "Check-in", "frontdesk.ui.visit.walk_in_page:WalkInPage"),
    Entry("check_out", "Check-in", "frontdesk.ui.visit.check_out_page:CheckOutPage"),
    Entry("payment", "Check-in", "frontdesk.ui.visit.payment_page:PaymentPage"),
    Entry("eligibility", "Check-in", "frontdesk.ui.visit.eligibility_page:EligibilityPage"),
    Entry("authorizations", "Check-in", "frontdesk.ui.registration.authorizations_page:AuthorizationsPage"),
    Entry("estimates", "Check-in", "frontdesk.ui.visit.estimates_page:EstimatesPage"),
    Entry("registration", "Check-in", "frontdesk.ui.registration.register:RegisterPage"),
    Entry("consents_due", "Check-in", "frontdesk.ui.visit.consents_due_page:ConsentsDuePage"),
    Entry("records_due", "Check-in", "frontdesk.ui.visit.records_due_page:RecordsDuePage"),
    Entry("check_in_setup", "Check-in", "frontdesk.ui.visit.setup_page:SetupPage"),
    Entry("patient_import", "Check-in", "frontdesk.ui.registration.import_page:ImportPage"),
    Entry("duplicates", "Check-in", "frontdesk.ui.registration.duplicates_page:DuplicatesPage"),
    Entry("patient_sheet", "Check-in", "frontdesk.ui.registration.sheet_page:PatientSheetPage"),
    Entry("records", "Records", "frontdesk.ui.records.page:RecordsPage"),
    Entry("records_requests", "Records", "frontdesk.ui.records.requests_page:RequestsPage"),
    Entry("disclosures", "Records", "frontdesk.ui.records.disclosures_page:DisclosuresPage"),
    Entry("release_packet", "Records", "frontdesk.ui.records.packet_page:PacketPage"),
    Entry("access_log", "Records", "frontdesk.ui.records.access_page:AccessLogPage"),
    Entry("find_documents", "Records", "frontdesk.ui.records.search_page:SearchPage"),
    Entry("retention", "Records", "frontdesk.ui.records.retention_page:RetentionPage"),
    Entry("paper_charts", "Records", "frontdesk.ui.records.pull_page:PaperChartsPage"),
    Entry("superbills", "Billing", "frontdesk.ui.billing.superbills_page:SuperbillsPage"),
    Entry("claims", "Billing", "frontdesk.ui.billing.claims_page:ClaimsPage"),
    Entry("remittances", "Billing", "frontdesk.ui.billing.remittances_page:RemittancesPage"),
    Entry("paper_answers", "Billing", "frontdesk.ui.billing.paper_answer_page:PaperAnswerPage"),
    Entry("underpaid", "Billing", "frontdesk.ui.billing.underpaid_page:UnderpaidPage"),
    Entry("payer_accounts", "Billing", "frontdesk.ui.billing.payer_accounts_page:PayerAccountsPage"),
    Entry("ledger", "Billing", "frontdesk.ui.billing.ledger_page:LedgerPage"),
    Entry("statements", "Billing", "frontdesk.ui.billing.statements_page:StatementsPage"),
    Entry("collections", "Billing", "frontdesk.ui.billing.collections_page:CollectionsPage"),
    Entry("day_close", "Billing", "frontdesk.ui.billing.day_close_page:DayClosePage"),
    Entry("billing_setup", "Billing", "frontdesk.ui.billing.setup_page:SetupPage"),
    Entry("reports", "Billing", "frontdesk.ui.billing.reports_page:ReportsPage"),
)

PATIENT_PANEL = "frontdesk.ui.registration.patient_panel:PatientPanel"
"""Where the class is that fills the patient panel; empty: no panel."""

EXPLAINER = "frontdesk.ui.billing.explain:ExplainDialog"
"""Where the dialog is that explains an amount."""


def tabs(pages: Sequence[Entry]) -> tuple[str, ...]:
    """The tabs in their order."""
    return tuple(dict.fromkeys(entry.tab for entry in pages))


def load_panel(where: str) -> type[PatientView]:
    return cast("type[PatientView]", _load(where))


def load_explainer() -> "Callable[[QWidget, Desk, object], Dialog]":
    return cast("Callable[[QWidget, Desk, object], Dialog]", _load(EXPLAINER))


def _load(where: str) -> object:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
