"""Rules about the code as a whole: who may import whom, how files are named, what no file may say."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "frontdesk"

LONGEST_FILE = 400
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}


def tracked(*patterns: str) -> list[Path]:
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns)
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    files = (CHECKOUT / name for name in listed.split("\0") if name)
    return [file for file in files if file.is_file()]


def test_the_import_contracts_hold() -> None:
    # In a process of its own: it sets up logging anew, and would turn off the loggers of all other tests.
    act = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", act], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("layer", ["models", "services", "ui"])
def test_every_folder_is_a_domain_of_the_contract(layer: str) -> None:
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "domains")
    domains = {name.strip("()") for name in layers}
    folders = {file.relative_to(SOURCE / layer).parts[0] for file in tracked(f"src/frontdesk/{layer}/*/*.py")}
    assert folders - {"kit", "shell", "finding"} <= domains


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {file: len(file.read_text().splitlines()) for file in tracked("*.py")}
    assert [f"{file}: {lines} lines" for file, lines in lengths.items() if lines > LONGEST_FILE] == []


def test_every_file_is_named_for_its_subject() -> None:
    assert [file for file in tracked("*.py") if VAGUE_NAMES & set(file.with_suffix("").parts)] == []


def test_no_lock_file_names_a_registry() -> None:
    assert [file for file in tracked("*.lock", "*lock.json") if "://" in file.read_text()] == []


def test_the_lock_has_a_hash_for_each_version() -> None:
    entries = re.split(r"^(?=\S)", (CHECKOUT / "requirements.lock").read_text(), flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_has_each_dependency_that_is_asked_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = re.findall(
        r"^([\w.-]+)(?:\[.*\])?==", (CHECKOUT / "requirements.lock").read_text(), re.MULTILINE
    )
    names = (re.split(r"[\[<>=!~; ]", line)[0].lower() for line in asked)
    assert sorted(set(names) - set(locked)) == []


def test_no_file_names_a_folder_of_somebody_s_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(?:root|work|home|Users)/\w")
    texts = ("*.py", "*.md", "*.toml", "*.sh", "*.lock", "*.sql", "*.qss", "Makefile", ".ci/run")
    said = [file for file in tracked(*texts) if file != Path(__file__) and machine.search(file.read_text())]
    assert said == []


def test_every_screen_that_shows_money_explains_it_or_a_page_says_why_not() -> None:
    """New here: offer them with `ui/kit/explained.py`, or name the file in docs/explained-amounts.md."""
    shown, offered = screens(r"\b(dollars|ledger)\("), screens(r"\b(Offer|explains)\(")
    page = (CHECKOUT / "docs" / "explained-amounts.md").read_text()
    _, elsewhere, unexplained = page.split("\n## ")
    row = re.compile(r"^\| `([\w/]+\.py)` \| (.+) \|$", re.MULTILINE)
    by_another, reasons = dict(row.findall(elsewhere)), dict(row.findall(unexplained))
    assert shown - offered == {*by_another, *reasons}
    assert {where.strip("`") for where in by_another.values()} <= offered


def test_no_screen_reckons_with_money() -> None:
    """A sum or difference of cents is a service's: a row brings it, or a pure function gives it."""
    files = tracked("src/frontdesk/ui/*.py")
    found = [
        f"{file.name}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.expr | ast.stmt) and is_reckoning(node)
    ]
    assert found == []


def is_reckoning(node: ast.AST) -> bool:
    """Whether cents are added, taken off or summed here."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return is_cents(left) or is_cents(right)
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub(), value=value):
            return is_cents(target) or is_cents(value)
        case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp(elt=each), *_]):
            return is_cents(each)
    return False


def is_cents(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name == "cents" or name.endswith("_cents")
    return False


def screens(wanted: str) -> set[str]:
    """The files of screens in which this stands: "billing/claims_page.py"."""
    files = {str(file.relative_to(SOURCE / "ui")): file for file in tracked("src/frontdesk/ui/*/*.py")}
    is_part = re.compile("kit/|shell/")
    return {
        name
        for name, file in files.items()
        if not is_part.match(name) and re.search(wanted, file.read_text())
    }


def test_a_start_loads_nothing_that_its_first_day_can_do_without() -> None:
    """Import these where they are used: see "Dependencies" in CONTRIBUTING.md."""
    later = (
        "PIL alembic cryptography holidays httpx icalendar keyring phonenumbers psycopg pypdf pypdfium2"
        " rapidfuzz reportlab zipcodes zxingcpp frontdesk.demo.practice frontdesk.formats"
        " frontdesk.services.billing.claims frontdesk.services.visit.check_in frontdesk.ui.billing"
        " frontdesk.ui.visit"
    )
    act = (
        "import sys; from frontdesk import app; from frontdesk.ui.shell import pages;"
        "pages.PAGES[0].load(); pages.load_panel(pages.PATIENT_PANEL);"
        f"print(*(name for name in '{later}'.split() if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", act], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_table_is_mapped_with_all_that_its_keys_point_at() -> None:
    """Each module whose keys point at what `models.LATER` names imports it."""
    act = (
        "import os, frontdesk.models as models\n"
        "from importlib import import_module\n"
        "def lacking():\n"
        "    tables = models.Base.metadata.tables\n"
        "    keys = [key.target_fullname for table in tables.values() for key in table.foreign_keys]\n"
        "    return {key for key in keys if key.partition('.')[0] not in tables}\n"
        "print(*lacking())\n"
        "for name in sorted(models.LATER):\n"
        "    if not os.fork():\n"
        "        import_module(f'frontdesk.models.{name}')\n"
        "        print(*(f'{name}: {key}' for key in lacking()), flush=True)\n"
        "        os._exit(0)\n"
        "    assert os.wait()[1] == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", act], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_whoever_asks_for_all_tables_gets_them_all() -> None:
    """`metadata` knows what is mapped so far: `models.every_table` maps the rest first."""
    some = re.compile(r"metadata\.(sorted_tables|tables\.(values|items|keys)|create_all)|registry\.mappers")
    allowed = {"src/frontdesk/models/__init__.py", "migrations/baseline.py"}
    asking = {
        str(file.relative_to(CHECKOUT))
        for file in tracked("src/*.py", "migrations/*.py")
        if some.search(file.read_text())
    }
    assert asking <= allowed
