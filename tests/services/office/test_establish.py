from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import NotAllowed, NotFound, Refused
from frontdesk.services.office import establish, practice, providers, sites
from frontdesk.services.office.establish import FirstProvider
from frontdesk.services.office.practice import PracticeDraft
from frontdesk.services.security import roles, sign_in
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import SYSTEM, Actor
from tests.builders.office import HARBOR_POINT, MARIA, MARIAS_HASH, npi, site
from tests.builders.security import PASSWORD, come_in
from tests.office import Office

GRACE = FirstProvider("Grace", "Lee", npi(1), "MD", "207Q00000X")


def _establish(
    office: Office,
    *,
    draft: PracticeDraft = HARBOR_POINT,
    administrator: UserDraft = MARIA,
    provider: FirstProvider | None = None,
) -> establish.Established:
    return office.database.do(
        SYSTEM,
        establish.establish_practice,
        draft=draft,
        administrator=administrator,
        password_hash=MARIAS_HASH,
        provider=provider,
    ).result


def test_the_first_set_up_leaves_a_practice_that_can_be_entered(office: Office) -> None:
    assert not office.database.ask(sign_in.AT_THE_DOOR, establish.is_established)
    made = _establish(office, provider=GRACE)
    assert office.database.ask(sign_in.AT_THE_DOOR, establish.is_established)
    assert office.ask(practice.practice).draft == replace(
        HARBOR_POINT, tax_id="931234567", phone="5035550100"
    )
    assert [(one.name, one.is_main) for one in office.ask(sites.sites)] == [
        ("Harbor Point Family Medicine", True)
    ]
    assert [(one.name, one.short_name) for one in office.ask(providers.providers)] == [
        ("Grace Lee, MD", "Dr. Lee")
    ]
    assert [role.name for role in office.ask(roles.roles)] == [
        "Administrator",
        "Biller",
        "Office manager",
        "Read only",
        "Receptionist",
        "Records clerk",
        "Records officer",
    ]
    maria = come_in(office, "maria", PASSWORD)
    assert maria.user_id == made.administrator_id
    assert maria.may("security.manage_users")


def test_an_evening_set_up_in_the_west_lets_the_administrator_in_at_once(office: Office) -> None:
    office.clock.set(datetime(2026, 3, 18, 2, 30, tzinfo=UTC))  # still Tuesday in Portland
    _establish(office)
    come_in(office, "maria", PASSWORD)


def test_everything_wrong_is_said_at_once_beside_its_field(office: Office) -> None:
    draft = PracticeDraft(
        name=" ",
        npi="1234567890",
        tax_id="12-345",
        address1="",
        city="",
        state="Oregon",
        zip="972",
        phone="555",
        zone="Portland",
        taxonomy="family",
        fax="1",
        email="nowhere",
        lock_after_minutes=0,
    )
    with pytest.raises(Refused) as refused:
        _establish(
            office,
            draft=draft,
            administrator=UserDraft("", "é"),
            provider=FirstProvider("", "", "12", "", "x"),
        )
    assert {finding.field: finding.message for finding in refused.value.findings} == {
        "practice.name": "Type the practice's name.",
        "practice.address1": "Type the street address.",
        "practice.city": "Type the city.",
        "practice.npi": "This is no NPI: check its ten digits.",
        "practice.tax_id": "A tax ID has nine digits.",
        "practice.taxonomy": "A taxonomy code has ten characters and ends in X.",
        "practice.state": "Type the state's two letters.",
        "practice.zip": "A ZIP code has five or nine digits.",
        "practice.phone": "This number cannot be dialed. Type area code and number.",
        "practice.fax": "This number cannot be dialed. Type area code and number.",
        "practice.email": "This is no e-mail address.",
        "practice.zone": "Choose the time zone of the office.",
        "practice.lock_after_minutes": "Lock after 1 to 60 minutes.",
        "administrator.name": "Type the person's name.",
        "administrator.login": "A login is 3 to 60 letters, digits, dots or dashes, a letter first.",
        "provider.first_name": "Type the first name.",
        "provider.last_name": "Type the last name.",
        "provider.npi": "This is no NPI: check its ten digits.",
        "provider.taxonomy": "A taxonomy code has ten characters and ends in X.",
    }


def test_a_database_belongs_to_one_practice(office: Office) -> None:
    site(office)
    with pytest.raises(Refused, match=r"^This database already belongs to a practice\. Sign in instead\.$"):
        _establish(office)


def test_only_the_set_up_establishes(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.database.do(
            Actor(None, "Somebody", "", frozenset({"office.*"})),
            establish.establish_practice,
            draft=HARBOR_POINT,
            administrator=MARIA,
            password_hash=MARIAS_HASH,
        )


def test_before_the_set_up_there_is_no_practice(office: Office) -> None:
    with pytest.raises(NotFound, match=r"^This office is not set up yet\.$"):
        office.ask(practice.practice)
    assert office.database.ask(sign_in.AT_THE_DOOR, practice.practice_name) == ""


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO practice SELECT * FROM practice",
        "UPDATE practice SET singleton = 2",
        "UPDATE practice SET npi = '12'",
        "UPDATE practice SET tax_id = '93-12'",
        "UPDATE practice SET zip = '972'",
        "UPDATE practice SET lock_after_minutes = 0",
        "UPDATE site SET is_active = false",
    ],
)
def test_the_database_itself_refuses_behind_the_services_back(office: Office, broken: str) -> None:
    site(office)
    with pytest.raises(IntegrityError), office.database.engines.write.begin() as connection:
        connection.execute(text(broken))
