"""The certificate of destruction: what was destroyed, how, on whose word, with lines for ink."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid

_INK = "_" * 44


@dataclass(frozen=True, slots=True)
class DestroyedLine:
    """A record by its stub: no patient's name stands on the certificate."""

    number: str
    chart_number: str
    kind: str
    dated_on: str
    fingerprint: str
    """Its SHA-256; empty for paper."""
    outcome: str


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signs for what, and when they said so in the system."""

    what: str
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class DestructionCertificate:
    """All that the certificate says."""

    number: str
    destroyed_on: str
    method: str
    vendor: str
    witness: str
    items: tuple[DestroyedLine, ...]
    kept_count: int
    signed: tuple[SignedBy, ...]


def certificate_pdf(certificate: DestructionCertificate, sender: Sender) -> bytes:
    """The certificate on the office's letterhead; the same bytes for the same words."""
    title = f"Certificate of destruction {certificate.number}"
    letter = Letter(sender, title, foot=f"{title}. Kept for good.")
    letter.title()
    count = len(certificate.items)
    letter.text(
        f"On {certificate.destroyed_on} the {'record' if count == 1 else f'{count} records'} listed below"
        f" {'was' if count == 1 else 'were'} destroyed in the regular course of business under the retention"
        " rules of this office. No legal hold stood on any of them at that moment."
    )
    facts = [("Run", certificate.number), ("Destroyed on", certificate.destroyed_on)]
    facts += [("Method", certificate.method)] if certificate.method else []
    facts += [("Vendor", certificate.vendor)] if certificate.vendor else []
    facts += [("Witness", certificate.witness)] if certificate.witness else []
    facts += [("Records destroyed", str(count)), ("Kept by the review", str(certificate.kept_count))]
    letter.facts(facts)
    letter.section("Approved and carried out")
    for signed in certificate.signed:
        letter.facts(((signed.what, f"{signed.name}, {signed.at}"), ("Signature", _INK)))
    if certificate.witness:
        letter.facts((("Witness", certificate.witness), ("Signature", _INK)))
    letter.section("Records destroyed")
    columns = (
        Column("Number", 1.5),
        Column("Chart", 1.3),
        Column("Kind", 1.7),
        Column("Dated", 1.2),
        Column("SHA-256 of the bytes, and what became of them", 6),
    )
    letter.add(
        grid(
            columns,
            tuple(
                (
                    item.number,
                    item.chart_number,
                    item.kind,
                    item.dated_on,
                    " ".join(part for part in (item.fingerprint, item.outcome) if part),
                )
                for item in certificate.items
            ),
            text=DENSE,
        )
    )
    letter.space(6)
    letter.text(
        "Erased: the key under which the bytes were encrypted was destroyed, so that no copy of them in the"
        " system can be read again. The entry of each record stays, with its title, dates and fingerprint.",
        SMALL,
    )
    return letter.pdf()
