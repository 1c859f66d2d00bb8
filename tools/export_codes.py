"""Write resources/codes from the public lists: run by hand when a new release comes out.

Needs `pip install simple-icd-10-cm` (the release that is valid now) and, as arguments, the folder with
the older list `icd10cm-codes-2024.txt.gz` and `pos.csv`. A code that only the older list knows has
expired; a code that only the newer list knows came after it. The exact day is in neither, so the dates
are the widest that the two lists allow: no valid code is refused for it.
"""

import csv
import gzip
import lzma
import re
import sys
from pathlib import Path

import simple_icd_10_cm as release

OLDER_FROM, NEWER_FROM, OLDER_UNTIL = "2023-10-01", "2024-10-01", "2025-09-30"


def diagnoses(older: Path) -> list[tuple[str, str, str, str, str]]:
    """Code, billable or not, first day, last day, label; in the order of the codes."""
    with gzip.open(older, "rt", encoding="utf-8") as lines:
        labels = {code: label.strip() for code, label in (line.split(None, 1) for line in lines)}
    now = [code for code in release.get_all_codes(with_dots=False) if not release.is_chapter_or_block(code)]
    rows = [
        (
            code,
            "1" if release.is_leaf(code) else "0",
            OLDER_FROM if code in labels or not release.is_leaf(code) else NEWER_FROM,
            "",
            labels.get(code) or release.get_description(code),
        )
        for code in now
    ]
    valid = {row[0] for row in rows if row[1] == "1"}
    for code in labels.keys() - valid:
        rows = [row for row in rows if row[0] != code]
        rows.append((code, "1", OLDER_FROM, OLDER_UNTIL, labels[code]))
        if code in now:
            rows.append((code, "0", "2025-10-01", "", release.get_description(code)))
    return sorted(rows)


def places(source: Path) -> list[tuple[str, str]]:
    """The two digits and the name, without the definition and the history."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], row["description"]) for row in csv.DictReader(lines)]
    named = [
        (code, _short(text)) for code, text in rows if code.isdigit() and "UNASSIGNED" not in text.upper()
    ]
    return [(code, name) for code, name in named if name]


def _short(text: str) -> str:
    """The name before its definition, in sentence case."""
    name = re.split(r"\s*-\s+| \(|, LOCATION|,? A FACILITY| A LAND| AN AIR", text)[0]
    return name.strip(" ,").replace("\u2014", ", ").capitalize()


def main() -> None:
    source, target = Path(sys.argv[1]), Path(__file__).parents[1] / "resources" / "codes"
    target.mkdir(parents=True, exist_ok=True)
    lines = "".join("\t".join(row) + "\n" for row in diagnoses(source / "icd10cm-codes-2024.txt.gz"))
    (target / "icd10cm.tsv.xz").write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))
    with (target / "place_of_service.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "label"))
        writer.writerows(places(source / "pos.csv"))


if __name__ == "__main__":
    main()
