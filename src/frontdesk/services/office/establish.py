"""The first set-up: the practice, its main site, and the first administrator."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.office.practice import Practice, Site
from frontdesk.models.security.accounts import UserRole
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.office import practice, providers
from frontdesk.services.office.practice import PracticeDraft
from frontdesk.services.office.providers import ProviderDraft
from frontdesk.services.security import accounts, roles
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class FirstProvider:
    """The first provider as the set-up asks for them; their site is the main one."""

    first_name: str
    last_name: str
    npi: str
    credential: str = ""
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class Established:
    """The ids that the first set-up made."""

    practice_id: int
    site_id: int
    administrator_id: int
    provider_id: int | None


@query(permission="door.sign_in")
def is_established(work: Work) -> bool:
    """Whether this database already belongs to a practice."""
    return work.session.execute(select(Practice.id)).first() is not None


@command(
    "Set up the practice",
    permission="door.establish",
    undo=irreversible("The practice is set up. Change it under Office, or start with a new file."),
)
def establish_practice(
    work: Work,
    *,
    draft: PracticeDraft,
    administrator: UserDraft,
    password_hash: str,
    provider: FirstProvider | None = None,
) -> Established:
    """Create the practice, its main site, the standard roles and the first administrator.

    Fields in the findings begin with "practice.", "administrator." or "provider.".
    """
    if is_established(work):
        raise Refused(Finding("This database already belongs to a practice. Sign in instead."))
    refuse_if_any(_findings(draft, administrator, provider))
    clean = practice.checked(draft)
    practice_id = practice.add_practice(work, clean)
    site = work.add(
        Site(
            name=clean.name,
            zone=clean.zone,
            address1=clean.address1,
            address2=clean.address2,
            city=clean.city,
            state=clean.state,
            zip=clean.zip,
            phone=clean.phone,
            is_main=True,
            is_active=True,
        )
    )
    role_ids = roles.add_standard_roles(work)
    user_id = accounts.add_user(work, administrator, password_hash, must_change_password=False)
    work.flush()
    # Until now the office had no zone: `work.today` is still the date in Greenwich, perhaps tomorrow's.
    today = work.now.astimezone(ZoneInfo(clean.zone)).date()
    work.add(UserRole(user_id=user_id, role_id=role_ids["administrator"], valid_from=today))
    provider_id = None
    if provider is not None:
        provider_id = providers.add_provider(work, draft=_with_site(provider, site.id))
    return Established(practice_id, site.id, user_id, provider_id)


def _findings(
    draft: PracticeDraft, administrator: UserDraft, provider: FirstProvider | None
) -> list[Finding]:
    parts = [
        ("practice", practice.practice_findings(draft)),
        ("administrator", accounts.user_findings(administrator)),
        ("provider", [] if provider is None else providers.provider_findings(_with_site(provider, 0))),
    ]
    return [
        Finding(finding.message, field=f"{part}.{finding.field}")
        for part, findings in parts
        for finding in findings
    ]


def _with_site(provider: FirstProvider, site_id: int) -> ProviderDraft:
    return ProviderDraft(
        first_name=provider.first_name,
        last_name=provider.last_name,
        npi=provider.npi,
        site_id=site_id,
        credential=provider.credential,
        taxonomy=provider.taxonomy,
    )
