"""The wheel carries all it needs: what a person installs is what was tried here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Timer
from zipfile import ZipFile

import pytest

from frontdesk.kernel.files import migrations_folder, resources_folder

CHECKOUT = Path(__file__).resolve().parents[1]


def output_of(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked_files() -> list[Path]:
    listed = output_of("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=CHECKOUT)
    return [Path(name) for name in listed.split("\0") if name and (CHECKOUT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy that has only what git knows."""
    clean = tmp_path_factory.mktemp("clean")
    for file in tracked_files():
        (clean / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CHECKOUT / file, clean / file)
    output_of(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", cwd=clean)
    (built,) = (clean / "dist").glob("*.whl")
    return built


def test_the_wheel_carries_every_tracked_file_it_needs(wheel: Path) -> None:
    carried = set(ZipFile(wheel).namelist())
    expected = set()
    for file in tracked_files():
        if file.parts[0] in ("migrations", "resources"):
            expected.add(f"frontdesk/shipped/{file.as_posix()}")
        elif file.parts[:2] == ("src", "frontdesk"):
            expected.add(file.relative_to("src").as_posix())
    assert expected <= carried
    assert "frontdesk/shipped/migrations/env.py" in carried
    assert any(name.startswith("frontdesk/shipped/resources/") for name in carried)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    parts = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert parts == {"frontdesk", "frontdesk-0.1.0.dist-info"}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel lies as pip lays it; its dependencies are this run's."""
    target = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    output_of(*pip, "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel, cwd=target)
    return target


def test_an_installed_wheel_opens_the_demo_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(installed),
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    demo = subprocess.Popen(
        (sys.executable, "-u", "-m", "frontdesk", "--demo", "--patients", "30"),
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    no_answer = Timer(600, demo.terminate)  # a start that failed shows it in a window, and waits
    no_answer.start()
    try:
        told = demo.stdout.readline()  # said once somebody is signed in at the demo practice
    finally:
        no_answer.cancel()
        demo.terminate()
        demo.stdout.close()
        demo.wait()
    assert told.startswith("This is a sample office.")


def test_an_installed_wheel_finds_its_own_folders(installed: Path, tmp_path: Path) -> None:
    program = "from frontdesk.kernel import files as f; print(f.migrations_folder(), f.resources_folder())"
    told = output_of(sys.executable, "-c", program, cwd=tmp_path, PYTHONPATH=str(installed)).split()
    shipped = installed / "frontdesk" / "shipped"
    assert told == [str(shipped / "migrations"), str(shipped / "resources")]


def test_a_checkout_finds_its_own_folders() -> None:
    assert migrations_folder() == CHECKOUT / "migrations"
    assert resources_folder() == CHECKOUT / "resources"
