"""Households that get their statements by e-mail."""

from datetime import date

from frontdesk.models.registration.patient import ReminderWay, Sex
from frontdesk.services.billing import charges, statement_rules, statement_run
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import DetailsDraft, IdentityDraft, PatientDraft
from frontdesk.services.schedule import message_settings
from frontdesk.services.schedule.message_settings import MailDraft, MailSecurity
from tests.builders.billing import TODAY
from tests.builders.collections import account
from tests.builders.office import site
from tests.builders.registration import ALDER_COURT
from tests.office import Office


def by_email(office: Office, host: str = "127.0.0.1", port: int = 9) -> None:
    """The office sends statements by e-mail over this server; nobody listens at the one that is given."""
    office.do(statement_rules.set_rules, rules=StatementRules(sends_email=True))
    draft = MailDraft(host, port, MailSecurity.PLAIN, "Harbor Point", "desk@example.com")
    office.do(message_settings.set_mail, draft=draft)


def owing_reader(office: Office, first: str, way: ReminderWay = ReminderWay.EMAIL) -> int:
    """The account of somebody who owes $20.00 and is written to in this way."""
    site(office)
    draft = PatientDraft(
        identity=IdentityDraft(first, "Emery", date(1971, 2, 3), Sex.FEMALE),
        details=DetailsDraft(email=f"{first.lower()}@example.com", reminder_way=way),
        address=ALDER_COURT,
    )
    made = office.do(patients.register, draft=draft)
    office.do(charges.add_fee, patient_id=made, label="Copies", amount_cents=2000, on=TODAY)
    return account(office, made)


def run_of(office: Office, *accounts: int) -> int:
    """Statements for these households; the run's id."""
    return office.do(statement_run.issue_all, account_ids=accounts, filters=RunFilters())
