"""Whom a visit's services name beside who saw the patient: referring, ordering, supervising; entered once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.models.billing.claim_parts import ClaimProvider, SuperbillProvider
from frontdesk.models.billing.claim_parts import ProviderRole as ProviderRole
from frontdesk.services.office.identifiers import is_npi
from frontdesk.services.work import Work

WHOLE_VISIT = 0


@dataclass(frozen=True, slots=True)
class OtherProvider:
    """Who sent the patient, or ordered or supervised the service."""

    last_name: str
    first_name: str = ""
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Another provider in a role, for one line or for the whole visit."""

    role: ProviderRole
    provider: OtherProvider
    place: int = WHOLE_VISIT

    @property
    def said_of(self) -> str:
        """ "The ordering provider of line 2"."""
        whose = f" of line {self.place}" if self.place else ""
        return f"The {self.role.value} provider{whose}"


def against(provider: OtherProvider) -> list[Finding]:
    """What is wrong with a name and NPI as typed."""
    findings = []
    if not provider.last_name.strip():
        findings.append(Finding("Enter the provider's last name.", "last_name"))
    if provider.npi.strip() and not is_npi(provider.npi.strip()):
        findings.append(Finding("This NPI is not valid. Compare its ten digits.", "npi"))
    return findings


def against_sheet(named: Sequence[Named], lines: int) -> list[Finding]:
    """What is wrong with those of a superbill, each with its role and line."""
    findings = [
        Finding(f"{each.said_of}: {why.message}", "providers")
        for each in named
        for why in against(each.provider)
    ]
    findings += [
        Finding(f"{each.said_of}: there is no such line.", "providers")
        for each in named
        if not WHOLE_VISIT <= each.place <= lines
    ]
    seen = {(each.place, each.role) for each in named}
    if len(seen) < len(named):
        findings.append(Finding("One provider is named twice in the same role.", "providers"))
    return findings


def keep(work: Work, superbill_id: int, named: Iterable[Named]) -> None:
    """With the superbill."""
    for each in named:
        who = each.provider
        work.add(
            SuperbillProvider(
                superbill_id=superbill_id,
                place=each.place,
                role=each.role,
                last_name=who.last_name.strip(),
                first_name=who.first_name.strip(),
                npi=who.npi.strip(),
            )
        )


def of_superbill(work: Work, superbill_id: int) -> tuple[Named, ...]:
    """Those of the whole visit first."""
    rows = work.session.scalars(
        select(SuperbillProvider)
        .where(SuperbillProvider.superbill_id == superbill_id)
        .order_by(SuperbillProvider.place, SuperbillProvider.id)
    )
    return tuple(
        Named(row.role, OtherProvider(row.last_name, row.first_name, row.npi), row.place) for row in rows
    )


def forget(work: Work, superbill_id: int) -> None:
    """The superbill is entered again."""
    for row in work.session.scalars(
        select(SuperbillProvider).where(SuperbillProvider.superbill_id == superbill_id)
    ).all():
        work.session.delete(row)


def onto_claim(work: Work, claim_id: int, named: Iterable[Named]) -> None:
    """A new claim says of the visit and its lines what was said before."""
    for each in named:
        who = each.provider
        work.add(
            ClaimProvider(
                claim_id=claim_id,
                place=each.place,
                role=each.role,
                last_name=who.last_name,
                first_name=who.first_name,
                npi=who.npi,
            )
        )
