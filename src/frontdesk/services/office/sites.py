"""The places where patients are seen."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import digits
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Resource
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import identifiers
from frontdesk.services.office.practice import address_findings
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_site_name", "Another site has this name. Choose another.", field="name")


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A site as the office enters it; without an NPI it bills under the practice's."""

    name: str
    zone: str
    address1: str
    city: str
    state: str
    zip: str
    address2: str = ""
    phone: str = ""
    npi: str = ""
    place_of_service: str = "11"


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site as it is."""

    id: int
    version: int
    is_main: bool
    is_active: bool
    draft: SiteDraft

    @property
    def name(self) -> str:
        return self.draft.name


@query(permission="office.view")
def sites(work: Work, *, with_inactive: bool = False) -> tuple[SiteView, ...]:
    """The sites, the main one first."""
    wanted = select(Site).order_by(Site.is_main.desc(), Site.name)
    if not with_inactive:
        wanted = wanted.where(Site.is_active)
    return tuple(
        SiteView(site.id, site.version, site.is_main, site.is_active, _draft(site))
        for site in work.session.execute(wanted).scalars()
    )


def _closed_again(done: Performed) -> Undo:
    return Undo(deactivate_site, site_id=done.result)


@command("Add site", permission="office.edit", undo=_closed_again)
def add_site(work: Work, *, draft: SiteDraft) -> int:
    """Add a place where patients are seen; the first is the main one."""
    clean = _checked(work, draft)
    is_first = work.session.execute(select(Site.id).limit(1)).first() is None
    fields = {name: getattr(clean, name) for name in SiteDraft.__dataclass_fields__}
    return work.add(Site(**fields, is_main=is_first, is_active=True)).id


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_site, site_id=done.arguments["site_id"], draft=done.result)


@command("Change site", permission="office.edit", undo=_edited_back)
def edit_site(work: Work, *, site_id: int, draft: SiteDraft, version: int | None = None) -> SiteDraft:
    """Change a site; gives back what it was."""
    site = work.get(Site, site_id, version)
    former = _draft(site)
    clean = _checked(work, draft, site_id=site_id)
    for name in SiteDraft.__dataclass_fields__:
        setattr(site, name, getattr(clean, name))
    return former


def _opened_again(done: Performed) -> Undo:
    return Undo(reactivate_site, site_id=done.arguments["site_id"])


@command("Close site", permission="office.edit", undo=_opened_again)
def deactivate_site(work: Work, *, site_id: int) -> None:
    """Take a site out of every list, once nothing active is left in it."""
    site = work.get(Site, site_id)
    if site.is_main:
        raise Refused(Finding("The main site cannot be closed."))
    left = (
        select(Resource.name).where(Resource.site_id == site_id, Resource.is_active).order_by(Resource.name)
    )
    names = work.session.execute(left).scalars().all()
    if names:
        raise Refused(
            Finding(f"{site.name} still has {', '.join(names)}. Move them or switch them off first.")
        )
    site.is_active = False


def _closed_after_all(done: Performed) -> Undo:
    return Undo(deactivate_site, site_id=done.arguments["site_id"])


@command("Open site again", permission="office.edit", undo=_closed_after_all)
def reactivate_site(work: Work, *, site_id: int) -> None:
    """Put a closed site back into the lists."""
    work.get(Site, site_id).is_active = True


def _checked(work: Work, draft: SiteDraft, *, site_id: int | None = None) -> SiteDraft:
    plain = replace(
        draft,
        name=" ".join(draft.name.split()),
        zone=draft.zone.strip(),
        address1=draft.address1.strip(),
        address2=draft.address2.strip(),
        city=draft.city.strip(),
        state=draft.state.strip().upper(),
        zip=digits(draft.zip),
        phone=identifiers.us_phone_digits(draft.phone) or "",
        npi=digits(draft.npi),
        place_of_service=draft.place_of_service.strip(),
    )
    findings = [
        Finding(sentence, field=field)
        for field, sentence in (
            ("name", "Type the site's name."),
            ("address1", "Type the street address."),
            ("city", "Type the city."),
        )
        if not getattr(plain, field)
    ]
    same = select(Site.id).where(Site.name == plain.name, Site.is_active)
    if work.session.execute(same).scalar() not in (None, site_id):
        findings.append(Finding("Another site has this name. Choose another.", field="name"))
    if plain.npi and not identifiers.is_npi(plain.npi):
        findings.append(Finding("This is no NPI: check its ten digits.", field="npi"))
    if len(digits(plain.place_of_service)) != 2 or len(plain.place_of_service) != 2:
        findings.append(
            Finding("A place of service is two digits, 11 for an office.", field="place_of_service")
        )
    if draft.phone.strip() and not plain.phone:
        findings.append(Finding("This number cannot be dialed. Type area code and number.", field="phone"))
    if not identifiers.is_zone(plain.zone):
        findings.append(Finding("Choose the time zone of the site.", field="zone"))
    refuse_if_any(findings + address_findings(plain.state, plain.zip))
    return plain


def _draft(site: Site) -> SiteDraft:
    return SiteDraft(**{name: getattr(site, name) for name in SiteDraft.__dataclass_fields__})
