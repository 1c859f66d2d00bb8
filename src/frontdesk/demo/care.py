"""What was found and done at a visit, by its reason: diagnoses (without dot) and the office's codes."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from frontdesk.kernel.text import age_on


@dataclass(frozen=True, slots=True)
class Line:
    """One code, the letters of the diagnoses it points at, and its modifiers."""

    code: str
    pointers: str = "A"
    modifiers: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """A visit's superbill."""

    diagnoses: tuple[str, ...]
    lines: tuple[Line, ...]


def _care(diagnoses: str, *lines: Line) -> Care:
    return Care(tuple(diagnoses.split()), lines)


_USUAL: Final = Line("99213")
_LONGER: Final = Line("99214")

BY_REASON: Final = {
    "ADHD follow-up": _care("F909", _LONGER),
    "Ankle sprain": _care("S93401A", _USUAL),
    "Annual exam": _care("Z01419", Line("99395")),
    "Annual physical": _care("Z0000", Line("99396"), Line("81002")),
    "Annual wellness visit": _care("Z0000", Line("G0439")),
    "Asthma follow-up": _care("J45909", _LONGER),
    "BP check": _care("I10", Line("99212")),
    "Back pain": _care("M5450", _USUAL),
    "Back spasm": _care("M62830", _USUAL),
    "Blood pressure check": _care("I10", _USUAL),
    "Chest cold": _care("J209", _USUAL),
    "Colposcopy": _care("N870", Line("57454")),
    "Cough": _care("R059", _USUAL),
    "Cut hand": _care("S61419A", _USUAL),
    "Diabetes follow-up": _care("E119 I10", Line("99214", "AB"), Line("83036")),
    "Ear pain": _care("H6690", _USUAL),
    "Ear wash": _care("H6120", Line("69210")),
    "Endometrial biopsy": _care("N939", Line("58100")),
    "Fever": _care("R509", _USUAL),
    "Flu vaccine": _care("Z23", Line("90471"), Line("90686")),
    "Hypertension follow-up": _care("I10", _LONGER, Line("93000")),
    "Knee pain": _care("M25561", Line("99213", "A", "25"), Line("20610", "A", "RT")),
    "Low back pain": _care("M5450", _LONGER),
    "Med review": _care("I10 E785", Line("99213", "AB")),
    "Migraine follow-up": _care("G43909", _LONGER),
    "New OB visit": _care("Z3490", Line("99203"), Line("81002")),
    "New headache": _care("R519", _LONGER),
    "New patient visit": _care("Z7689", Line("99203")),
    "OB ultrasound, 20 wk": _care("Z3492", Line("76805")),
    "Post-hospital visit": _care("J189", _LONGER),
    "Rash": _care("R21", _USUAL),
    "Refill visit": _care("Z760 I10", Line("99212", "AB")),
    "Results review": _care("Z712", Line("99212")),
    "Sinus infection": _care("J0190", _USUAL),
    "Sinus pain": _care("J0190", _USUAL),
    "Skin biopsy": _care("D489", Line("11102")),
    "Sore throat": _care("J029", _USUAL),
    "Sports form": _care("Z025", Line("99212")),
    "TB test read": _care("Z111", Line("86580")),
    "Thyroid follow-up": _care("E039", _USUAL),
    "Vaccines": _care("Z23", Line("90471"), Line("90686")),
    "Wart": _care("B079", _USUAL),
    "Well child": _care("Z00129", Line("99392")),
    "Work physical": _care("Z021", Line("99213")),
    "Wound check": _care("Z4800", Line("99212")),
}
_OTHERWISE: Final = _care("Z7689", _USUAL)
_PRENATAL: Final = _care("Z3490", _USUAL, Line("81002"))
DIAGNOSES: Final = tuple(
    sorted({code for care in (*BY_REASON.values(), _OTHERWISE, _PRENATAL) for code in care.diagnoses})
)


def care_for(reason: str, born_on: date, on: date) -> Care:
    """The superbill of a visit for this reason; well visits by the patient's age."""
    if reason.startswith("Prenatal"):
        return _PRENATAL
    age = age_on(born_on, on)
    if reason.startswith("Well child"):
        return _care("Z00129", Line("99393" if age >= 5 else "99392"))
    if reason == "Annual physical" and age < 40:
        return _care("Z0000", Line("99395"), Line("81002"))
    return BY_REASON.get(reason, _OTHERWISE)
