"""The people who see patients and bill."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import digits
from frontdesk.models.office.resources import Provider, Resource, ResourceKind
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import identifiers, resources
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_provider_npi", "Another provider has this NPI.", field="npi")
says("uq_provider_user_id", "This account belongs to another provider.", field="user_id")


@dataclass(frozen=True, slots=True)
class ProviderDraft:
    """A provider as the office enters them; without a short name it is "Dr. Lee"."""

    first_name: str
    last_name: str
    npi: str
    site_id: int
    credential: str = ""
    short_name: str = ""
    taxonomy: str = ""
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProviderView:
    """A provider as they are."""

    id: int
    version: int
    name: str
    is_active: bool
    draft: ProviderDraft

    @property
    def short_name(self) -> str:
        return self.draft.short_name


@query(permission="office.view")
def providers(work: Work, *, with_inactive: bool = False) -> tuple[ProviderView, ...]:
    """The providers, in the order of the day sheet's columns."""
    found = work.session.execute(
        select(Provider, Resource)
        .join(Resource, Resource.id == Provider.id)
        .where(resources.among(with_inactive=with_inactive))
        .order_by(Resource.sort_order, Resource.name, Resource.id)
    )
    return tuple(
        ProviderView(provider.id, provider.version, row.name, row.is_active, _draft(provider, row))
        for provider, row in found
    )


def _switched_off(done: Performed) -> Undo:
    return Undo(resources.deactivate_resource, resource_id=done.result)


@command("Add provider", permission="office.edit", undo=_switched_off)
def add_provider(work: Work, *, draft: ProviderDraft) -> int:
    """Add a person who sees patients; the id is that of the resource."""
    clean = _checked(work, draft)
    provider_id = resources.add_resource(work, ResourceKind.PROVIDER, _full_name(clean), clean.site_id)
    work.add(Provider(id=provider_id, **_fields(clean)))
    return provider_id


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_provider, provider_id=done.arguments["provider_id"], draft=done.result)


@command("Change provider", permission="office.edit", undo=_edited_back)
def edit_provider(
    work: Work, *, provider_id: int, draft: ProviderDraft, version: int | None = None
) -> ProviderDraft:
    """Change a provider; gives back what they were."""
    provider = work.get(Provider, provider_id, version)
    former = _draft(provider, work.get(Resource, provider_id))
    clean = _checked(work, draft, provider_id=provider_id)
    for name, value in _fields(clean).items():
        setattr(provider, name, value)
    resources.edit_resource(work, provider_id, _full_name(clean), clean.site_id)
    return former


def provider_findings(draft: ProviderDraft) -> list[Finding]:
    """What is wrong with an entry, without a look at the other providers."""
    findings = []
    if not draft.first_name.strip():
        findings.append(Finding("Type the first name.", field="first_name"))
    if not draft.last_name.strip():
        findings.append(Finding("Type the last name.", field="last_name"))
    if not identifiers.is_npi(digits(draft.npi)):
        findings.append(Finding("This is no NPI: check its ten digits.", field="npi"))
    if draft.taxonomy.strip() and not identifiers.is_taxonomy(draft.taxonomy.strip().upper()):
        findings.append(Finding("A taxonomy code has ten characters and ends in X.", field="taxonomy"))
    return findings


def _checked(work: Work, draft: ProviderDraft, *, provider_id: int | None = None) -> ProviderDraft:
    clean = replace(
        draft,
        first_name=resources.plain(draft.first_name),
        last_name=resources.plain(draft.last_name),
        npi=digits(draft.npi),
        credential=draft.credential.strip(),
        short_name=draft.short_name.strip() or f"Dr. {draft.last_name.strip()}",
        taxonomy=draft.taxonomy.strip().upper(),
    )
    findings = provider_findings(clean)
    if clean.first_name and clean.last_name:
        findings += resources.name_findings(
            work, ResourceKind.PROVIDER, _full_name(clean), clean.site_id, provider_id
        )
    same = work.session.execute(select(Provider.id).where(Provider.npi == clean.npi)).scalar()
    if same not in (None, provider_id):
        findings.append(Finding("Another provider has this NPI.", field="npi"))
    if clean.user_id is not None:
        work.get(UserAccount, clean.user_id)
        owner = work.session.execute(select(Provider.id).where(Provider.user_id == clean.user_id)).scalar()
        if owner not in (None, provider_id):
            findings.append(Finding("This account belongs to another provider.", field="user_id"))
    refuse_if_any(findings)
    return clean


def _full_name(draft: ProviderDraft) -> str:
    name = first_last(draft.first_name, draft.last_name)
    return f"{name}, {draft.credential}" if draft.credential else name


def _fields(draft: ProviderDraft) -> dict[str, str | int | None]:
    return {
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "credential": draft.credential,
        "short_name": draft.short_name,
        "npi": draft.npi,
        "taxonomy": draft.taxonomy,
        "user_id": draft.user_id,
    }


def _draft(provider: Provider, row: Resource) -> ProviderDraft:
    return ProviderDraft(
        first_name=provider.first_name,
        last_name=provider.last_name,
        npi=provider.npi,
        site_id=row.site_id,
        credential=provider.credential,
        short_name=provider.short_name,
        taxonomy=provider.taxonomy,
        user_id=provider.user_id,
    )
