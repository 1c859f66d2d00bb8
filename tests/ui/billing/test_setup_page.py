"""The billing set-up: its parts, and the way back."""

from collections.abc import Callable

from frontdesk.ui.billing.setup_page import SetupPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.shell.actions import ACTIONS
from tests.office import Office

Settle = Callable[[], None]


def test_each_part_is_shown_by_its_key(file_office: Office, desk: Desk, settle: Settle) -> None:
    page = SetupPage(desk)
    page.resize(1280, 720)
    page.show()
    settle()
    for part in SetupPage.declared:
        page.show_part(part.name)
        settle()
        assert page.tabs.value() == part.name
        start = page.panes()[-1]
        assert start.isVisible(), part.name
        assert page.part(part.name).isAncestorOf(start)
        if start is not page.part(part.name).home():
            assert isinstance(start, EmptyState)
            assert page.focusWidget() in (start, *start.findChildren(Button))


def test_esc_leads_back_to_the_claims(desk: Desk) -> None:
    page = SetupPage(desk)
    went: list[str] = []
    page.go.connect(lambda name, _: went.append(name))
    page.back()
    assert went == ["claims"]


def test_the_command_field_leads_to_it() -> None:
    assert "billing_setup" in [action.page for action in ACTIONS]
