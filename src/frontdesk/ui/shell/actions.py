"""Every action of the window, declared once: feeds shortcuts, command field, menus and the F1 sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from frontdesk.ui.kit.page import Errand
from frontdesk.ui.theme import ThemeName


class Shell(Protocol):
    """What the window lets an action do."""

    def go(self, page: str, errand: Errand | None = None) -> None: ...
    def open_palette(self) -> None: ...
    def show_keys(self) -> None: ...
    def next_pane(self) -> None: ...
    def pane_before(self) -> None: ...
    def turn_panel(self) -> None: ...
    def park(self) -> None: ...
    def take_up_parked(self) -> None: ...
    def undo(self) -> None: ...
    def lock(self) -> None: ...
    def explain_amount(self) -> None: ...
    def use_theme(self, name: ThemeName) -> None: ...
    def scale_by(self, steps: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Action:
    """`page` is where it leads, with an errand of the action's own name; else `run` does it.

    With `for_patient` it needs the patient in focus, and is offered on each patient that is found.
    """

    name: str
    title: str
    keys: str = ""
    icon: str = "chevron-right"
    permission: str = ""
    page: str = ""
    run: Callable[[Shell], None] | None = None
    for_patient: bool = False
    short: str = ""
    """One word for the row of a patient."""

    def perform(self, shell: Shell, patient_id: int | None = None) -> None:
        if self.run is not None:
            self.run(shell)
        else:
            shell.go(self.page, Errand(self.name, patient_id=patient_id))


_CHECK_IN = "visit.check_in"
_PAY = "billing.take_payment"

ACTIONS: tuple[Action, ...] = (
    Action("check_in", "Check in", "F4", "clipboard-check", _CHECK_IN, "check_in", for_patient=True),
    Action("pay", "Take a payment", "F7", "credit-card", _PAY, "payment", for_patient=True, short="Pay"),
    Action(
        "book",
        "Book a visit",
        "F2",
        "calendar-plus",
        "schedule.book",
        "find_slot",
        for_patient=True,
        short="Book",
    ),
    Action("chart", "Open the chart", "", "folder-open", "records.view", "records", for_patient=True),
    Action(
        "open_volume",
        "Open a paper chart",
        icon="folder-plus",
        permission="records.file",
        page="paper_charts",
        for_patient=True,
    ),
    Action("paper_charts", "Charts to pull", "", "folder-output", "records.view", "paper_charts"),
    Action("access_log", "Who used a record", "", "history", "records.access_log", "access_log"),
    Action("find_documents", "Find in documents", "", "file-search", "records.view", "find_documents"),
    Action(
        "request_records",
        "Request copies of records",
        "F11",
        "file-output",
        "records.release",
        "records_requests",
        for_patient=True,
        short="Copies",
    ),
    Action(
        "edit_patient",
        "Edit the patient",
        "Ctrl+E",
        "user-pen",
        "registration.edit",
        "patient_sheet",
        for_patient=True,
        short="Edit",
    ),
    Action(
        "estimate",
        "Write an estimate",
        icon="file-text",
        permission="billing.write_estimate",
        page="estimates",
        for_patient=True,
    ),
    Action(
        "explain_balance",
        "Explain the balance",
        icon="receipt-text",
        permission="billing.view",
        page="statements",
        for_patient=True,
    ),
    Action(
        "ledger",
        "Open the account's ledger",
        icon="receipt-text",
        permission="billing.view",
        page="ledger",
        for_patient=True,
        short="Ledger",
    ),
    Action("duplicates", "Possible duplicates", "", "users", "registration.view", "duplicates"),
    Action("find_slot", "Find a slot", "Ctrl+F", "calendar-search", "schedule.view", "find_slot"),
    Action("week", "Week of one provider", "", "calendar-range", "schedule.view", "week"),
    Action("month", "Month at a glance", "", "calendar-days", "schedule.view", "month"),
    Action("list", "List of visits", "", "list", "schedule.view", "list"),
    Action("calls", "Call list", "", "phone-call", "schedule.view", "calls"),
    Action("reminders", "Reminders", "", "bell", "schedule.view", "reminders"),
    Action("worklists", "Worklists", "", "list-todo", "schedule.view", "requests"),
    Action("urgent", "Urgent request", "Ctrl+Shift+R", "siren", "schedule.book", "urgent"),
    Action("late", "Running late: whom to tell", "", "clock-alert", "schedule.view", "late"),
    Action("provider_out", "Provider out", "", "user-x", "schedule.book", "replan"),
    Action(
        "set_up_schedule",
        "Schedule set-up",
        icon="calendar-cog",
        permission="schedule.edit_templates",
        page="schedule_setup",
    ),
    Action(
        "set_up_check_in",
        "Check-in set-up",
        icon="settings",
        permission="visit.edit_setup",
        page="check_in_setup",
    ),
    Action(
        "set_up_billing",
        "Billing set-up",
        icon="receipt-text",
        permission="billing.edit_fees",
        page="billing_setup",
    ),
    Action(
        "practice",
        "Practice: name, address, numbers",
        icon="building-2",
        permission="office.edit",
        page="check_in_setup",
    ),
    Action(
        "sites",
        "Sites: addresses and numbers",
        icon="building-2",
        permission="office.edit",
        page="check_in_setup",
    ),
    Action("find_arriving", "Find an arriving patient", "Ctrl+I", "user-search", "visit.view", "check_in"),
    Action("walk_in", "Walk-in", "Ctrl+N", "door-open", _CHECK_IN, "walk_in"),
    Action(
        "register",
        "Register a patient",
        icon="user-plus",
        permission="registration.register",
        page="registration",
    ),
    Action(
        "import_patients",
        "Import patients from a file",
        icon="file-input",
        permission="registration.import",
        page="patient_import",
    ),
    Action(
        "explain_amount",
        "Explain an amount of this page",
        "F8",
        "circle-question-mark",
        "billing.view",
        run=lambda shell: shell.explain_amount(),
    ),
    Action("search", "Search and command", "Ctrl+K", "search", run=lambda shell: shell.open_palette()),
    Action("keys", "All keys of this page", "F1", "keyboard", run=lambda shell: shell.show_keys()),
    Action("next_pane", "Next pane", "F6", "panel-right", run=lambda shell: shell.next_pane()),
    Action("pane_before", "Previous pane", "Shift+F6", "panel-left", run=lambda shell: shell.pane_before()),
    Action(
        "panel", "Patient panel, rail, hidden", "F9", "panel-right-open", run=lambda shell: shell.turn_panel()
    ),
    Action("park", "Park this work", "F12", "circle-pause", run=lambda shell: shell.park()),
    Action(
        "take_up", "Return to parked work", "Ctrl+J", "circle-play", run=lambda shell: shell.take_up_parked()
    ),
    Action("undo", "Undo the last action", "Ctrl+Z", "undo-2", run=lambda shell: shell.undo()),
    Action("lock", "Lock", "Ctrl+L", "lock", run=lambda shell: shell.lock()),
    Action("light", "View: light", icon="sun", run=lambda shell: shell.use_theme("light")),
    Action("dark", "View: dark", icon="moon", run=lambda shell: shell.use_theme("dark")),
    Action("contrast", "View: high contrast", icon="contrast", run=lambda shell: shell.use_theme("hc")),
    Action("larger", "View: larger", "Ctrl++", "zoom-in", run=lambda shell: shell.scale_by(1)),
    Action("smaller", "View: smaller", "Ctrl+-", "zoom-out", run=lambda shell: shell.scale_by(-1)),
)


def offered(
    may: Callable[[str], bool], pages: Sequence[str], actions: Sequence[Action] = ACTIONS
) -> tuple[Action, ...]:
    """Those that the person may do and whose page exists."""
    return tuple(
        action
        for action in actions
        if (not action.permission or may(action.permission)) and (not action.page or action.page in pages)
    )
