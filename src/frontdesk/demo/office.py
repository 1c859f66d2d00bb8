"""The fixed part of the demo, set up as an office would: through the real commands, one by one."""

from collections.abc import Callable
from datetime import date
from typing import Concatenate, Final, ParamSpec, TypeVar

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import coding, equipment, week
from frontdesk.demo.catalog import (
    ADMINISTRATOR,
    CODES,
    DEVICES,
    EXPECTED_CODES,
    PLANS,
    PRACTICE,
    PROVIDERS,
    ROOMS,
    STAFF,
    USERS,
    VISIT_TYPES,
    DemoUser,
)
from frontdesk.demo.start import PASSWORD, PIN
from frontdesk.models.billing.codes import CodeSet
from frontdesk.models.security.accounts import Role
from frontdesk.services.billing import codes, expected_codes, fees, shipped_codes
from frontdesk.services.database import Database
from frontdesk.services.office import devices, establish, holidays, identifiers, providers, rooms, staff
from frontdesk.services.office.devices import DeviceDraft
from frontdesk.services.office.providers import ProviderDraft
from frontdesk.services.office.rooms import RoomDraft
from frontdesk.services.office.staff import StaffDraft
from frontdesk.services.records import forms
from frontdesk.services.registration import payers
from frontdesk.services.schedule import templates, visit_types
from frontdesk.services.schedule.templates import BlockDraft, SessionDraft, Weekly
from frontdesk.services.security import accounts
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import SYSTEM, Actor, Work

P = ParamSpec("P")
R = TypeVar("R")

OPENED_ON: Final = date(2024, 1, 1)
# A fixed salt, so that the demo is the same each time; nothing behind these hashes is a secret.
_SALT: Final = b"frontdesk demo, "


def set_up(database: Database, tell: Callable[[str], None]) -> None:
    """Everything but patients and their visits."""
    _people(database, tell)
    tell("Weeks and visit types")
    _weeks(database)
    equipment.set_up(database)
    _do(database, forms.adopt, forms=forms.shipped_forms())
    for kind in VISIT_TYPES:
        _do(database, visit_types.add_visit_type, draft=kind)
    days = [
        each for year in (2025, 2026) for each in database.ask(SYSTEM, holidays.federal_holidays, year=year)
    ]
    _do(database, holidays.add_holidays, days=tuple(days))
    _prices(database, tell)
    _expect_codes(database)
    tell("ICD-10-CM")
    _do(database, shipped_codes.load_public_codes)
    coding.set_up(database, OPENED_ON)


def _do(
    database: Database, act: Callable[Concatenate[Work, P], R], *args: P.args, **arguments: P.kwargs
) -> R:
    return database.do(SYSTEM, act, *args, **arguments).result


def _people(database: Database, tell: Callable[[str], None]) -> None:
    tell("Practice and users")
    hasher = PasswordHasher()
    password_hash, pin_hash = hasher.hash(PASSWORD, salt=_SALT), hasher.hash(PIN, salt=_SALT)
    made = _do(
        database,
        establish.establish_practice,
        draft=PRACTICE,
        administrator=UserDraft(ADMINISTRATOR.name, ADMINISTRATOR.login),
        password_hash=password_hash,
    )
    with Session(database.engines.read) as session:
        role_ids = dict(session.execute(select(Role.key, Role.id)).all())
    user_ids = {ADMINISTRATOR.login: made.administrator_id}
    for user in USERS:
        user_ids[user.login] = _do(
            database,
            accounts.create_user,
            draft=UserDraft(user.name, user.login, _initials(user)),
            password_hash=password_hash,
            role_id=role_ids[user.role],
        )
    for user in (ADMINISTRATOR, *USERS):
        # By themselves: a password that somebody else gave would have to be changed at the first sign-in.
        themselves = Actor(user_ids[user.login], user.name, permissions=frozenset({"*"}))
        if user is not ADMINISTRATOR:
            database.do(themselves, accounts.change_password, password_hash=password_hash)
        database.do(themselves, accounts.set_pin, pin_hash=pin_hash)
    for number, each in enumerate(PROVIDERS):
        _do(
            database,
            providers.add_provider,
            draft=ProviderDraft(
                first_name=each.first_name,
                last_name=each.last_name,
                npi=made_up_npi(17_000_000 + number),
                site_id=made.site_id,
                credential=each.credential,
                short_name=each.short_name,
                taxonomy=each.taxonomy,
                user_id=user_ids.get(each.login),
            ),
        )
    for name, skill in STAFF:
        user_id = user_ids["jow"] if name == "Jo Whitten" else None
        _do(database, staff.add_staff, draft=StaffDraft(name, skill, made.site_id, user_id))
    for name, kind in ROOMS:
        _do(database, rooms.add_room, draft=RoomDraft(name, kind, made.site_id))
    for name, device_kind in DEVICES:
        _do(database, devices.add_device, draft=DeviceDraft(name, device_kind, made.site_id))


def _weeks(database: Database) -> None:
    provider_ids = {view.draft.last_name: view.id for view in database.ask(SYSTEM, providers.providers)}
    room_ids = {view.name: view.id for view in database.ask(SYSTEM, rooms.rooms)}
    for each in PROVIDERS:
        for weekday in week.working_days(each.last_name):
            hours = Weekly(provider_ids[each.last_name], weekday, week.OPENS, week.CLOSES, OPENED_ON)
            theirs = tuple(room_ids[name] for name in each.rooms)
            _do(database, templates.add_session, draft=SessionDraft(hours, theirs))
    for kept in week.KEPT:
        for weekday in kept.weekdays:
            if weekday in week.working_days(kept.provider):
                time = Weekly(provider_ids[kept.provider], weekday, kept.starts, kept.ends, OPENED_ON)
                _do(database, templates.add_block, draft=BlockDraft(time, kept.kind))


def _prices(database: Database, tell: Callable[[str], None]) -> None:
    tell("Payers, codes and fees")
    for code in CODES:
        _do(
            database,
            codes.add_procedure,
            code=code.code,
            label=code.label,
            effective_on=OPENED_ON,
            code_set=CodeSet.HCPCS if code.code.startswith("G") else CodeSet.CPT,
            synonyms=code.synonyms,
            is_favourite=code.is_favourite,
        )
    own = _do(database, fees.add_schedule, name="Office fees", effective_on=OPENED_ON)
    _set_fees(database, own, percent=100)
    for plan in PLANS:
        payer_id = _do(database, payers.add_payer, draft=plan.payer)
        _do(database, payers.add_plan, payer_id=payer_id, name=plan.plan, copay_cents=plan.copay_cents)
        if plan.weight:
            agreed = _do(
                database,
                fees.add_schedule,
                name=f"{plan.payer.name} contract",
                effective_on=OPENED_ON,
                payer_id=payer_id,
                is_contract=True,
            )
            _set_fees(database, agreed, percent=plan.allows_percent)


def _expect_codes(database: Database) -> None:
    drafts = {kind.name: kind for kind in VISIT_TYPES}
    type_ids = {view.name: view.id for view in database.ask(SYSTEM, visit_types.visit_types)}
    for name, expected in EXPECTED_CODES:
        _do(
            database,
            expected_codes.set_up,
            visit_type_id=type_ids[name],
            draft=drafts[name],
            expected=expected,
        )


def _set_fees(database: Database, fee_schedule_id: int, *, percent: int) -> None:
    for code in CODES:
        _do(
            database,
            fees.set_fee,
            fee_schedule_id=fee_schedule_id,
            code=code.code,
            amount_cents=allowed_cents(code.cents, percent),
            effective_on=OPENED_ON,
        )


def allowed_cents(cents: int, percent: int) -> int:
    """What a contract allows of a fee, to the cent below."""
    return cents * percent // 100


def made_up_npi(number: int) -> str:
    """A made-up NPI whose check digit holds."""
    return next(
        candidate for check in "0123456789" if identifiers.is_npi(candidate := f"1{number:08d}{check}")
    )


def _initials(user: DemoUser) -> str:
    words = user.name.removeprefix("Dr. ").split()
    return f"{words[0][0]}{words[-1][0]}"
