"""Every command of the domain, once."""

from datetime import date

from frontdesk.models.security.accounts import SignInWay
from frontdesk.services.security import accounts, parking, passwords, roles, sign_in
from frontdesk.services.security.accounts import UserDraft
from tests.builders.security import come_in, guess, hashed, user
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable."""
    rita = user(office)
    role_ids = {shipped.key: shipped.id for shipped in office.ask(roles.roles)}
    given = office.do(
        roles.give_role, user_id=rita, role_id=role_ids["biller"], valid_until=date(2026, 12, 31)
    )
    office.do(roles.withdraw_role, user_role_id=given)
    office.do(roles.restore_role, user_role_id=given)
    office.do(accounts.edit_user, user_id=rita, draft=UserDraft("Rita Gomez-Ray", "rita"))
    office.do(accounts.deactivate_user, user_id=rita)
    office.do(accounts.reactivate_user, user_id=rita)
    office.do(accounts.reset_password, user_id=rita, password_hash=hashed("given by the manager"))
    guess(office)
    actor = come_in(office, password="given by the manager")
    office.database.do(actor, accounts.change_password, password_hash=hashed())
    office.database.do(actor, accounts.set_pin, pin_hash=passwords.hash_pin("2749"))
    office.database.do(actor, sign_in.signed_in, way=SignInWay.PIN)
    parked = office.do(parking.put, page="registration", title="Registering: Ada", content='{"first":"Ada"}')
    office.do(parking.take, parked_id=parked)
