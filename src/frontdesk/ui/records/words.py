"""How parts of the chart are called, and the icons they wear."""

from frontdesk.services.records.filing import Category, Sensitivity
from frontdesk.ui.text import tr

_ICONS = {
    Category.VISIT_NOTE: "stethoscope",
    Category.LAB_RESULT: "flask-conical",
    Category.IMAGING: "scan",
    Category.HOSPITAL: "hospital",
    Category.LETTER: "mail",
    Category.CONSENT: "file-pen",
    Category.IDENTITY: "id-card",
}
_TITLES = {
    Category.VISIT_NOTE: "Visit notes",
    Category.LAB_RESULT: "Lab results",
    Category.IMAGING: "Imaging reports",
    Category.HOSPITAL: "Hospital",
    Category.LETTER: "Letters and referrals",
    Category.CONSENT: "Consents and forms",
    Category.IDENTITY: "ID and insurance",
}


def title_of(category: Category) -> str:
    return tr(_TITLES[category])


def icon_of(category: Category | None) -> str:
    """The icon of a document; a plain sheet before anybody said what it is."""
    return _ICONS[category] if category is not None else "file"


def all_categories() -> tuple[tuple[Category, str], ...]:
    """For a list to choose from."""
    return tuple((category, title_of(category)) for category in Category)


_GUARDED = {
    Sensitivity.ORDINARY: "Ordinary",
    Sensitivity.MENTAL_HEALTH: "Mental health",
    Sensitivity.SUBSTANCE_USE: "Substance use (42 CFR Part 2)",
    Sensitivity.HIV: "HIV",
    Sensitivity.REPRODUCTIVE: "Reproductive health",
    Sensitivity.GENETIC: "Genetic",
    Sensitivity.PSYCHOTHERAPY: "Psychotherapy notes",
}


def sensitivity_words(sensitivity: Sensitivity) -> str:
    return tr(_GUARDED[sensitivity])


def all_sensitivities() -> tuple[tuple[Sensitivity, str], ...]:
    """For a list to choose from."""
    return tuple((each, sensitivity_words(each)) for each in Sensitivity)
