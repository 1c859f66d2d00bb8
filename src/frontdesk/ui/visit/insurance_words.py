"""What the insurance card says of authorizations and cases."""

from frontdesk.kernel.text import us_phone
from frontdesk.services.visit.insurance import InsuranceFacts
from frontdesk.ui.text import counted, tr


def authorization_said(facts: InsuranceFacts) -> tuple[str, bool]:
    """The words of the field, and whether something is missing."""
    units = facts.units
    if units.held:
        numbers = {each.number: each.grant_id for each in units.held}
        first = next(iter(numbers))
        grant = next((each for each in facts.grants if each.id == numbers[first]), None)
        left = (
            tr("{number}, {left} of {units} left", number=first, left=grant.remaining, units=grant.units)
            if grant is not None
            else first
        )
        if units.missing:
            lacks = counted(units.missing, "{count} unit missing", "{count} units missing")
            return tr("{held}; {lacks}", held=left, lacks=lacks), True
        return left if len(numbers) == 1 else ", ".join(numbers), False
    if units.needs:
        return tr("Missing"), True
    return tr("Not needed for {code}", code=facts.code) if facts.code else tr("Not needed"), False


def case_said(facts: InsuranceFacts) -> tuple[str, str]:
    """What is known of an injury, and the verb; both empty where there is none."""
    if not facts.cases:
        return "", ""
    case = next((each for each in facts.cases if each.id == facts.chosen_id), facts.cases[0])
    if facts.chosen_id == case.id:
        words = tr("{plan} pays for this visit, claim {number}.", plan=case.plan, number=case.case_number)
        return f"{words} {_who(facts)}".strip(), tr("Use the ordinary coverage")
    if facts.chosen_id is not None:
        return tr("Another coverage was chosen for this visit."), tr("Use the ordinary coverage")
    words = tr(
        "Is this visit for the injury? {plan}, claim {number}.", plan=case.plan, number=case.case_number
    )
    return words, tr("Use it for this visit")


def _who(facts: InsuranceFacts) -> str:
    """Whom to call about the case, and where it happened."""
    card = facts.case_card
    if card is None:
        return ""
    parts = []
    if card.adjuster:
        phone = f", {us_phone(card.adjuster_phone)}" if card.adjuster_phone else ""
        parts.append(tr("Adjuster {name}{phone}.", name=card.adjuster, phone=phone))
    if card.employer:
        parts.append(tr("Employer {name}.", name=card.employer))
    return " ".join(parts)
