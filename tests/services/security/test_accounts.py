import importlib
import pkgutil
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk import services
from frontdesk.kernel.errors import NotAllowed, Refused
from frontdesk.kernel.permissions import SENSITIVE, covers
from frontdesk.services.command import all_commands, all_permissions
from frontdesk.services.database import Database
from frontdesk.services.security import accounts, roles, sign_in
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import Actor
from tests.at_once import DONE, at_once
from tests.builders.office import site
from tests.builders.security import come_in, hashed, user
from tests.office import Office
from tests.services.security import every_command

OPENED_AND_PRINTED = {
    "billing.explain_print.note_print",
    "records.chart_labels.note_labels",
    "records.signed.note_print",
    "records.signed.open_consent",
    "records.viewing.note_print",
    "records.viewing.open_document",
    "registration.patients.open_record",
    "visit.preparation.note_packet",
    "visit.pull_list.note_print",
}
"""Commands only because they leave an entry in the log of who saw what."""


def _role(office: Office, key: str) -> int:
    return next(role.id for role in office.ask(roles.roles) if role.key == key)


def test_every_command_of_the_domain_leaves_the_office_usable(office: Office) -> None:
    every_command.run(office)
    by_login = {row.login: row for row in office.ask(accounts.users)}
    assert by_login["rita"].roles == ("Biller", "Receptionist")
    assert by_login["rita"].has_pin
    assert by_login["maria"].roles == ("Administrator",)


def test_a_new_user_gets_initials_from_the_name_and_must_choose_a_password(office: Office) -> None:
    user(office, "Rita  Gomez")
    row = next(row for row in office.ask(accounts.users) if row.login == "rita")
    assert (row.name, row.initials, row.must_change_password) == ("Rita Gomez", "RG", True)


def test_a_taken_login_is_refused_beside_its_field(office: Office) -> None:
    user(office)
    with pytest.raises(Refused) as refused:
        office.do(accounts.create_user, draft=UserDraft("", "RITA"), password_hash=hashed())
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [
        ("name", "Type the person's name."),
        ("login", "This login is taken. Choose another."),
    ]


def test_a_role_is_not_given_twice_for_the_same_time(office: Office) -> None:
    rita = user(office)
    with pytest.raises(Refused, match=r"^Rita Gomez already has the role Receptionist at that time\.$"):
        office.do(roles.give_role, user_id=rita, role_id=_role(office, "receptionist"))


def test_a_role_that_would_end_before_it_begins_is_refused(office: Office) -> None:
    rita = user(office)
    with pytest.raises(
        Refused, match=r"^03/16/2026 is over before the role begins\. Choose a later last day\.$"
    ):
        office.do(
            roles.give_role, user_id=rita, role_id=_role(office, "biller"), valid_until=date(2026, 3, 16)
        )


def test_a_role_gives_its_rights_from_its_first_day_to_its_last(office: Office) -> None:
    rita = user(office)
    office.do(
        roles.give_role,
        user_id=rita,
        role_id=_role(office, "biller"),
        valid_from=date(2026, 3, 18),
        valid_until=date(2026, 3, 19),
    )
    may = []
    for _ in range(4):
        may.append(come_in(office).may("billing.post"))
        office.clock.set(office.clock.now() + timedelta(days=1))
    assert may == [False, True, True, False]


def test_a_wildcard_never_gives_what_is_sensitive(office: Office) -> None:
    user(office)
    actor = come_in(office)
    assert actor.may("schedule.book")
    assert not actor.may("schedule.overbook")


def test_nobody_without_the_right_manages_accounts(office: Office) -> None:
    rita = user(office)
    with pytest.raises(NotAllowed):
        office.database.do(come_in(office), accounts.deactivate_user, user_id=rita)


def test_the_last_administrator_stays(office: Office) -> None:
    site(office)
    maria = office.made["user:maria"]
    sentence = r"^Nobody could manage accounts any more\. Give another person the role Administrator first\.$"
    with pytest.raises(Refused, match=sentence):
        office.do(accounts.deactivate_user, user_id=maria)
    given = office.ask(roles.roles_of, user_id=maria)[0]
    with pytest.raises(Refused, match=sentence):
        office.do(roles.withdraw_role, user_role_id=given.id)


@pytest.mark.parametrize("by_role", [True, False])
def test_of_two_administrators_who_put_each_other_out_one_stays(
    office: Office, another: Callable[[], Database], by_role: bool
) -> None:
    rita = user(office, role="administrator")
    elsewhere, maria = another(), office.made["user:maria"]
    given = {each: office.ask(roles.roles_of, user_id=each)[0].id for each in (maria, rita)}

    def put_out(database: Database, whom: int) -> None:
        if by_role:
            database.do(office.actor, roles.withdraw_role, user_role_id=given[whom])
        else:
            database.do(office.actor, accounts.deactivate_user, user_id=whom)

    came = at_once(office.database, lambda: put_out(office.database, rita), lambda: put_out(elsewhere, maria))
    assert came == [
        "Nobody could manage accounts any more. Give another person the role Administrator first.",
        DONE,
    ]


def test_nobody_switches_their_own_account_off(office: Office) -> None:
    site(office)
    maria = Actor(office.made["user:maria"], "Maria Hess", "MH", frozenset({"*"}))
    with pytest.raises(
        Refused, match=r"^You cannot switch your own account off\. Ask another administrator\.$"
    ):
        office.database.do(maria, accounts.deactivate_user, user_id=office.made["user:maria"])


def test_what_is_done_to_an_account_is_undone(office: Office) -> None:
    rita = user(office)
    edited = office.done(accounts.edit_user, user_id=rita, draft=UserDraft("Rita Ray", "ray"))
    office.database.undo(office.actor, edited.entry_id)
    switched_off = office.done(accounts.deactivate_user, user_id=rita)
    office.database.undo(office.actor, switched_off.entry_id)
    assert [(row.name, row.login) for row in office.ask(accounts.users)] == [
        ("Maria Hess", "maria"),
        ("Rita Gomez", "rita"),
    ]


def test_the_role_editor_lists_what_commands_and_queries_ask_for(office: Office) -> None:
    site(office)
    known = office.ask(roles.known_permissions)
    asked = {command.permission for command in all_commands()}
    assert "security.manage_users" in known
    assert asked - set(known) <= {name for name in asked if name.startswith(("own.", "door."))}


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE user_account SET password_hash = 'harbor lantern 42'",
        "UPDATE user_account SET pin_hash = '2749'",
        "UPDATE user_account SET login = 'Maria'",
        "UPDATE user_role SET valid_until = '2026-01-01'",
    ],
)
def test_the_database_itself_refuses_behind_the_services_back(office: Office, broken: str) -> None:
    site(office)
    with pytest.raises(IntegrityError), office.database.engines.write.begin() as connection:
        connection.execute(text(broken))


@pytest.mark.parametrize(
    "broken", ["UPDATE sign_in_attempt SET outcome = 'accepted'", "DELETE FROM sign_in_attempt"]
)
def test_attempts_to_sign_in_are_never_rewritten(office: Office, broken: str) -> None:
    user(office)
    come_in(office)
    with pytest.raises(IntegrityError), office.database.engines.write.begin() as connection:
        connection.execute(text(broken))
    assert office.database.ask(sign_in.AT_THE_DOOR, sign_in.people)


def _shipped(key: str) -> frozenset[str]:
    return frozenset(next(role for role in roles.STANDARD_ROLES if role.key == key).permissions)


def _every_service_is_imported() -> None:
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        importlib.import_module(module.name)


def test_nothing_can_be_asked_for_that_the_office_manager_lacks() -> None:
    _every_service_is_imported()
    manager = frozenset(
        next(role for role in roles.STANDARD_ROLES if role.key == "office_manager").permissions
    )
    lacking = {name for name in all_permissions() if not covers(manager, name)}
    assert {name for name in lacking if not name.startswith(("own.", "door.", "demo."))} <= {
        "records.destroy"
    }


def test_who_may_only_read_can_do_nothing() -> None:
    _every_service_is_imported()
    reader = _shipped("read_only")
    can_do = {command.name for command in all_commands() if covers(reader, command.permission)}
    assert can_do <= OPENED_AND_PRINTED


def test_what_the_roles_name_is_asked_for_somewhere() -> None:
    """A misspelt permission gives nothing, and nobody would see it."""
    _every_service_is_imported()
    asked = set(all_permissions()) | SENSITIVE
    named = {name for role in roles.STANDARD_ROLES for name in role.permissions if not name.endswith("*")}
    built = {name.split(".")[0] for name in asked}
    assert {name for name in named - asked if name.split(".")[0] in built} == set()
