"""A file that its receiver never confirmed is named before the time to file is lost."""

from datetime import date

from frontdesk.services.billing import batches, unconfirmed_files
from frontdesk.services.billing.unconfirmed_files import UnconfirmedFile
from tests.builders.answers import about, intake, syntax
from tests.builders.claims import insured, sent
from tests.office import Office


def unconfirmed(office: Office) -> tuple[UnconfirmedFile, ...]:
    return office.ask(unconfirmed_files.unconfirmed)


def test_a_file_is_named_that_a_receiver_who_confirms_files_says_nothing_of(office: Office) -> None:
    sent(office)
    sent(office, insured(office, "Minh", "Tran", "TRA1"))
    office.clock.advance(days=3)
    assert unconfirmed(office) == (), "this receiver may never confirm one"
    syntax(office, "AK1*HC*2", "AK2*837*0001", "IK5*A", "AK9*A*1*1*1")
    (second, first) = office.ask(batches.batches)
    named = UnconfirmedFile(first.id, 1, "BCBS", date(2026, 3, 17), 1)
    assert unconfirmed(office) == (named,)
    office.clock.advance(days=3)
    assert unconfirmed(office) == (named,), f"file {second.number} was confirmed"
    intake(office, *about("26-00001", "A2:20"))
    assert unconfirmed(office) == (), "it has the claim"


def test_after_three_weeks_the_payer_is_asked_instead(office: Office) -> None:
    sent(office)
    sent(office, insured(office, "Minh", "Tran", "TRA1"))
    syntax(office, "AK1*HC*2", "AK2*837*0001", "IK5*A", "AK9*A*1*1*1")
    assert unconfirmed(office) == (), "it has just gone"
    office.clock.advance(days=3)
    assert len(unconfirmed(office)) == 1
    office.clock.advance(days=19)
    assert unconfirmed(office) == ()
