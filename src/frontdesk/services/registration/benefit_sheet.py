"""An answer's benefits for people: by service, in and out of network, used and left; nothing dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.verification import CoverageVerification, VerificationResult
from frontdesk.services.command import query
from frontdesk.services.registration import benefits, verifications
from frontdesk.services.registration.benefit_summary import Summary, summary
from frontdesk.services.registration.benefits import BenefitLine
from frontdesk.services.registration.eligibility_words import (
    INFORMATION,
    INSURANCE_TYPES,
    LEFT,
    LEVELS,
    OFFICE_VISIT,
    PERIODS,
    QUANTITIES,
    SERVICES,
    USED,
    WHOLE_PLAN,
    said,
    services_said,
)
from frontdesk.services.registration.verifications import Verification
from frontdesk.services.work import Work

_OFFICE = (OFFICE_VISIT, "BY", "BZ")
_FIRST = (OFFICE_VISIT, WHOLE_PLAN)
_NETWORKS = {"": "network not said", "U": "network not known", "W": "in and out of network alike"}


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One benefit in words; empty where the payer did not say."""

    what: str
    inside: str = ""
    used: str = ""
    left: str = ""
    outside: str = ""
    needs_authorization: bool | None = None
    notes: tuple[str, ...] = ()
    is_known: bool = True
    """False where a code is none that we know: it stands as it came, its segment among the notes."""


@dataclass(frozen=True, slots=True)
class BenefitGroup:
    """The benefits of one service."""

    service: str
    rows: tuple[BenefitRow, ...]


@dataclass(frozen=True, slots=True)
class BenefitSheet:
    """An answer as the desk reads it."""

    answer: Verification
    short: Summary
    groups: tuple[BenefitGroup, ...]
    missing: tuple[str, ...]
    """What the payer did not say."""


@query(permission="registration.view")
def sheet(work: Work, *, verification_id: int) -> BenefitSheet:
    """One answer, office visit first; three statements."""
    row = work.get(CoverageVerification, verification_id)
    lines = benefits.of_verifications(work, [verification_id]).get(verification_id, ()) or _in_short(row)
    short = summary(lines)
    return BenefitSheet(
        verifications.view(work, row, None),
        short,
        groups_of(lines),
        _missing(short) if lines and short.is_active is not False else (),
    )


def groups_of(lines: Sequence[BenefitLine]) -> tuple[BenefitGroup, ...]:
    """The lines by service: the office visit first, then the whole plan, then the payer's order."""
    groups: dict[str, list[_Row]] = {}
    for line in lines:
        service = _service(line)
        rows = groups.setdefault(service, [])
        _place(rows, line)
    first = [SERVICES[code] for code in _FIRST]
    ordered = sorted(groups, key=lambda name: first.index(name) if name in first else len(first))
    return tuple(BenefitGroup(name, tuple(row.written() for row in groups[name])) for name in ordered)


def _in_short(row: CoverageVerification) -> tuple[BenefitLine, ...]:
    """What an answer without lines of its own says in short."""
    visit, whole = (OFFICE_VISIT,), (WHOLE_PLAN,)
    percent = None if row.coinsurance_percent is None else Decimal(row.coinsurance_percent)
    lines = (
        BenefitLine("B", "IND", visit, period="27", amount_cents=row.copay_cents, in_network="Y"),
        BenefitLine("A", "IND", visit, percent=percent, in_network="Y"),
        *(
            BenefitLine(information, "IND", whole, period=period, amount_cents=cents, in_network="Y")
            for information, period, cents in (
                ("C", "23", row.deductible_cents),
                ("C", "29", row.deductible_left_cents),
                ("G", "23", row.out_of_pocket_cents),
                ("G", "29", row.out_of_pocket_left_cents),
            )
        ),
    )
    said = tuple(line for line in lines if line.amount_cents is not None or line.percent is not None)
    if row.result not in (VerificationResult.ACTIVE, VerificationResult.INACTIVE):
        return said
    status = "1" if row.result is VerificationResult.ACTIVE else "6"
    return (BenefitLine(status, "IND", whole, plan=row.plan_said), *said)


@dataclass
class _Row:
    """A row while lines are put into it; a place that is taken makes the line a row of its own."""

    key: tuple[str, ...]
    what: str
    cells: dict[str, str] = field(default_factory=dict)
    cents: dict[str, int] = field(default_factory=dict)
    authorization: str = ""
    notes: list[str] = field(default_factory=list)
    is_known: bool = True

    def takes(self, key: tuple[str, ...], cells: dict[str, str]) -> bool:
        return self.key == key and not self.cells.keys() & cells.keys()

    def written(self) -> BenefitRow:
        outside = ", ".join(
            part
            for part in (
                self.cells.get("outside", ""),
                f"{self.cells['outside used']} used" if "outside used" in self.cells else "",
                f"{self.cells['outside left']} left" if "outside left" in self.cells else "",
            )
            if part
        )
        return BenefitRow(
            what=self.what,
            inside=self.cells.get("inside", ""),
            used=self.cells.get("inside used", "") or self._used(),
            left=self.cells.get("inside left", ""),
            outside=outside,
            needs_authorization={"Y": True, "N": False}.get(self.authorization),
            notes=tuple(dict.fromkeys(self.notes)),
            is_known=self.is_known,
        )

    def _used(self) -> str:
        """Worked out, where the payer tells the whole and the rest."""
        whole, left = self.cents.get("inside"), self.cents.get("inside left")
        return dollars(whole - left) if whole is not None and left is not None and whole >= left else ""


def _place(rows: list[_Row], line: BenefitLine) -> None:
    key = (line.information, line.coverage_level, line.procedure, line.insurance_type, *line.messages)
    cells = _cells(line)
    row = next((row for row in rows if cells and row.takes(key, cells)), None)
    if row is None:
        row = _Row(key, _what(line))
        rows.append(row)
    row.cells |= cells
    if line.amount_cents is not None:
        row.cents |= dict.fromkeys(cells, line.amount_cents)
    row.authorization = row.authorization or line.authorization
    row.notes += _notes(line)
    if not _is_known(line):
        row.is_known = False
        row.notes += line.text.splitlines()


def _cells(line: BenefitLine) -> dict[str, str]:
    value = _value(line)
    if not value:
        return {}
    side = "outside" if line.in_network == "N" else "inside"
    kind = " left" if line.period in LEFT else " used" if line.period in USED else ""
    cells = {f"{side}{kind}": value}
    if line.in_network == "W":
        cells[f"outside{kind}"] = value
    return cells


def _value(line: BenefitLine) -> str:
    parts = []
    if line.amount_cents is not None:
        parts.append(dollars(line.amount_cents))
    if line.percent is not None:
        parts.append(f"{_plain(line.percent)}%")
    if line.quantity:
        unit = said(QUANTITIES, line.quantity_qualifier, "unit") if line.quantity_qualifier else ""
        parts.append(f"{line.quantity} {unit}".strip())
    if parts and line.period and line.period not in LEFT | USED:
        parts.append(said(PERIODS, line.period, "period"))
    return " ".join(parts)


def _what(line: BenefitLine) -> str:
    words = [said(INFORMATION, line.information, "Information")]
    if line.coverage_level:
        words.append(said(LEVELS, line.coverage_level, "level").lower())
    if line.procedure:
        words.append(f"for {line.procedure}")
    return ", ".join(words)


def _notes(line: BenefitLine) -> list[str]:
    notes = []
    if line.plan:
        notes.append(line.plan)
    if line.insurance_type:
        notes.append(said(INSURANCE_TYPES, line.insurance_type, "Insurance type"))
    if _value(line) and line.in_network in _NETWORKS:
        notes.append(_NETWORKS[line.in_network])
    others = [code for code in line.service_types if code not in _OFFICE]
    if others and len(others) != len(line.service_types):
        notes.append(f"also for {services_said(tuple(others))}")
    if line.begins_on is not None:
        until = f" to {us_date(line.ends_on)}" if line.ends_on and line.ends_on != line.begins_on else ""
        notes.append(f"{us_date(line.begins_on)}{until}")
    elif line.ends_on is not None:
        notes.append(f"until {us_date(line.ends_on)}")
    return [*notes, *line.others, *(f"“{message}”" for message in line.messages)]


def _service(line: BenefitLine) -> str:
    if any(code in _OFFICE for code in line.service_types):
        return SERVICES[OFFICE_VISIT]
    if not line.service_types or WHOLE_PLAN in line.service_types:
        return SERVICES[WHOLE_PLAN]
    return services_said(line.service_types)


def _is_known(line: BenefitLine) -> bool:
    return (
        line.information in INFORMATION
        and all(code in SERVICES for code in line.service_types)
        and (not line.coverage_level or line.coverage_level in LEVELS)
        and (not line.period or line.period in PERIODS)
        and (not line.quantity_qualifier or line.quantity_qualifier in QUANTITIES)
        and (not line.insurance_type or line.insurance_type in INSURANCE_TYPES)
    )


def _missing(short: Summary) -> tuple[str, ...]:
    wanted = (
        ("whether the coverage is active", short.is_active is not None),
        (
            "what an office visit costs the patient",
            short.visit.copay_cents is not None or short.visit.coinsurance_percent is not None,
        ),
        ("the deductible", short.deductible.total_cents is not None),
        ("what is left of the deductible", short.deductible.left_cents is not None),
        ("the out-of-pocket limit", short.out_of_pocket.is_said),
        ("whether an office visit needs authorization", short.needs_authorization is not None),
    )
    return tuple(words for words, is_said in wanted if not is_said)


def _plain(percent: Decimal) -> str:
    text = f"{percent:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
