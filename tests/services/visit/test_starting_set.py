"""A new office can book its first visit right after the first set-up."""

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.records import forms
from frontdesk.services.schedule import openings, visit_types
from frontdesk.services.schedule.search import OpeningRequest
from frontdesk.services.visit import starting_set
from tests.builders.office import provider
from tests.office import Office


def test_a_prepared_office_has_an_opening_today(office: Office) -> None:
    provider(office)
    assert office.do(starting_set.prepare, shipped=forms.shipped_forms()) == 10
    kinds = {kind.name: kind.id for kind in office.ask(visit_types.visit_types)}
    found = office.ask(openings.first_openings, request=OpeningRequest(kinds["Follow-up"]))
    assert found.found[0].starts.date().isoformat() == "2026-03-17"
    assert {form.key for form in office.ask(forms.current_forms)} >= {"consent_to_treat"}


def test_an_office_is_prepared_once(office: Office) -> None:
    provider(office)
    office.do(starting_set.prepare, shipped=forms.shipped_forms())
    with pytest.raises(Refused, match="has kinds of visit already"):
        office.do(starting_set.prepare, shipped=forms.shipped_forms())
