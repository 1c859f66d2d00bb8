"""How coverage is verified, in the set-up: what is wrong stands beside its field."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from frontdesk.services.registration import eligibility_settings
from frontdesk.services.registration.eligibility_settings import DEFAULT
from frontdesk.ui.desk import Desk
from frontdesk.ui.visit.eligibility_part import EligibilityPart
from tests.builders.office import site
from tests.office import Office


def test_the_settings_are_shown_saved_and_refused_in_place(
    file_office: Office, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    site(file_office)
    part = EligibilityPart(desk)
    qtbot.addWidget(part)
    part.show()
    settle()
    assert (part.days_ahead.value(), part.before_visit_days.value(), part.kinds.value()) == (3, None, "30")
    part.kinds.set_value("30, 98")
    part.before_visit_days.set_value(3)
    part.benefits_days.set_value(0)
    part.save()
    settle()
    assert part.form.row("benefits_days").error == "Enter a number of days from 1 to 1000."
    assert file_office.ask(eligibility_settings.settings).draft == DEFAULT
    part.benefits_days.set_value(180)
    part.kinds.set_value("office visit")
    part.save()
    settle()
    assert part.form.row("service_types").error.startswith("Enter service type codes")
    part.kinds.set_value("30, 98")
    part.save()
    settle()
    kept = file_office.ask(eligibility_settings.settings)
    assert (kept.draft.service_types, kept.draft.before_visit_days, kept.version) == (("30", "98"), 3, 1)
