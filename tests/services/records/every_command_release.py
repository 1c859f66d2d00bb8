"""Every command on requests for copies, once."""

from dataclasses import replace
from datetime import date

from frontdesk.services.records import (
    release_desk,
    release_endings,
    release_forms,
    release_rules,
    release_steps,
    releases,
)
from frontdesk.services.records.release_endings import DenialGround
from frontdesk.services.records.release_forms import CheckItem, FormEnd
from frontdesk.services.records.releases import Basis
from frontdesk.services.work import Actor
from tests.builders.registration import patient
from tests.builders.releases import access, authorized, choose, lawyer, requested, send, version_of
from tests.office import Office

_MANAGER = Actor(None, "Maria Hess", "MH", frozenset({"*"}))


def run(office: Office) -> None:
    """One request to the second reader's word, others to each other end."""
    walter = patient(office, "Walter", "Harlan")
    rule = replace(release_rules.SHIPPED[Basis.PAYMENT], days=20)
    office.do(release_rules.set_rule, rule=rule)
    asked = authorized(office, walter)
    office.do(release_desk.take_on, request_id=asked)
    office.do(release_desk.let_go, request_id=asked)
    office.do(release_desk.note, request_id=asked, words="Reminder sent", on=date(2026, 3, 9), asked=True)
    office.do(releases.change, request_id=asked, draft=replace(lawyer(walter), purpose="A suit"))
    office.do(release_endings.extend, request_id=asked, reason="The chart is off site")
    office.do(choose, request_id=asked, chosen=3, found=5)
    office.do(release_steps.prepare, request_id=asked)
    office.do(release_steps.take_back, request_id=asked)
    office.do(release_steps.prepare, request_id=asked)
    dana, office.actor = office.actor, _MANAGER
    office.do(release_steps.review, request_id=asked, agrees=True, round=2, version=version_of(office, asked))
    office.actor = dana
    office.do(
        release_forms.end_form,
        request_id=asked,
        how=FormEnd.REVOKED,
        on=date(2026, 3, 17),
        words="Letter of today",
    )
    ready = requested(office, access(walter, "Walter Harlan", date(2026, 3, 16)))
    office.do(
        release_forms.check_item, request_id=ready, item=CheckItem.IDENTITY, holds=True, words="the license"
    )
    office.do(choose, request_id=ready, chosen=1, found=1)
    office.do(release_steps.prepare, request_id=ready)
    _ends(office, walter)


def _ends(office: Office, walter: int) -> None:
    sent = requested(office, access(walter, "W. Harlan"))
    office.do(
        release_forms.check_item, request_id=sent, item=CheckItem.IDENTITY, holds=True, words="the license"
    )
    office.do(send, request_id=sent)
    office.do(release_steps.close, request_id=sent, words="Picked up")
    denied = requested(office, replace(access(walter), requester_name="Walter A. Harlan"))
    office.do(
        release_endings.deny, request_id=denied, ground=DenialGround.NOT_KEPT, words="The hospital keeps it"
    )
    office.do(release_endings.reopen, request_id=denied, reason="The hospital sent it here")
    office.do(release_endings.withdraw, request_id=denied, reason="Called and withdrew", with_letter=True)
    returned = requested(office, replace(lawyer(walter), requester_name="Cascade Law"))
    office.do(release_endings.return_to_sender, request_id=returned, reason="No signature")
