"""Codes as the office's rules name them: one, a beginning ("J*"), or a range ("80000-89999")."""

import re
from functools import lru_cache

LABORATORY = "80000-89999"
"""The codes of tests that need a CLIA certificate where they are done (42 CFR 493)."""

VISITS = (
    "92002 92004 92012 92014 99202-99205 99211-99215 99281-99285 99341-99350 99381-99397 G0402 G0438 G0439"
)
"""Visits of an office: what modifier 25 is for."""

EVALUATION = (
    "92002 92004 92012 92014 98000-98016 99202-99499 G0380-G0384 G0402 G0438 G0439 G0463 G0466-G0470 "
    "S0610 S0612 S0613 T1015"
)
"""Evaluation and management of all kinds, in hospitals and homes too."""

NEW_PATIENT = "92002 92004 99202-99205 99341-99345 99381-99387"
"""Visits of patients who were not seen for three years."""
FACE_TO_FACE = "92002 92004 92012 92014 99202-99205 99212-99215 99341-99350 99381-99397 G0402 G0438 G0439"
"""What makes a patient an established one."""
CHIROPRACTIC = "98940-98942"
"""Manipulation of the spine."""
ANESTHESIA = "00100-01952 01958-01992 01999"
"""Counted in minutes; 01953 and 01996 are not."""
MAMMOGRAPHY = "77063 77065-77067"
CARE_PLAN = "G0179-G0182"
"""Certification and oversight of the care that a home health agency or hospice gives."""
UNLISTED = (
    "01999 15999 17999 19499 20999 21089 21299 21499 21899 22899 22999 23929 24999 25999 26989 27299 27599 "
    "27899 28899 29799 29999 30999 31299 31599 31899 32999 33999 36299 37501 37799 38589 38999 39499 39599 "
    "40799 40899 41599 41899 42299 42699 42999 43289 43499 43659 43999 44238 44799 44899 44979 45399 45499 "
    "45999 46999 47379 47399 47579 47999 48999 49329 49659 49999 50549 50949 51999 53899 54699 55559 55899 "
    "58578 58579 58679 58999 59897 59898 59899 60659 60699 64999 66999 67299 67399 67599 67999 68399 68899 "
    "69399 69799 69949 69979 76496-76499 76999 77299 77399 77499 77799 78099 78199 78299 78399 78499 78599 "
    "78699 78799 78999 79999 81099 81479 81599 84999 85999 86486 86849 86999 87797-87799 87999 88099 88199 "
    "88299 88399 88749 89240 89398 90399 90749 90899 90999 91299 92499 92700 93799 93998 94799 95199 95999 "
    "96379 96549 96999 97039 97139 97799 99199 99429 99499 99600 A4649 A9699 A9999 C9399 E1399 J3490 J3590 "
    "J7199 J7599 J7699 J7799 J7999 J8498 J8499 J8597 J8999 J9999 L0999 L1499 L2999 L3649 L3999 L8499 L8699 "
    "Q0507-Q0509 V2199 V2799 V5298 V5299"
)
"""Codes that do not say what was done (CMS, 5010 list of not otherwise classified codes)."""

_PART = re.compile(r"(?=\w*\d)[A-Z0-9]{1,10}|[A-Z0-9]{1,9}\*|[A-Z0-9]{5}-[A-Z0-9]{5}")


def is_written_well(codes: str) -> bool:
    """Whether every part is a code, a beginning or a range."""
    parts = codes.split()
    return bool(parts) and all(_PART.fullmatch(part) and _is_upward(part) for part in parts)


@lru_cache(maxsize=10_000)
def holds(codes: str, code: str) -> bool:
    """Whether a code is among these."""
    return any(_is_meant(part, code) for part in codes.split())


def begins(beginnings: str, code: str) -> bool:
    """Whether a diagnosis, with or without its dot, starts with one of these."""
    return code.replace(".", "").startswith(tuple(beginnings.split()))


def _is_meant(part: str, code: str) -> bool:
    if part.endswith("*"):
        return code.startswith(part[:-1])
    first, dash, last = part.partition("-")
    return first <= code <= last and len(code) == len(first) if dash else code == part


def _is_upward(part: str) -> bool:
    first, dash, last = part.partition("-")
    return not dash or first < last
