"""Runs the measures whose name contains ONLY (all without it); prints the table, writes build/bench.json."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import benchmarks
from benchmarks.measure import Measure, lines

OUT = Path(__file__).parents[1] / "build" / "bench.json"


def modules() -> Iterator[ModuleType]:
    """One module per subject: `NAMES` are the rows it gives, `measures(wanted)` takes them."""
    for found in iter_modules(benchmarks.__path__):
        if found.name not in ("__main__", "measure") and not found.name.startswith("on_"):
            yield import_module(f"benchmarks.{found.name}")


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    only = os.environ.get("ONLY", "")
    taken: list[Measure] = []
    for module in modules():
        wanted = {name for name in module.NAMES if only in name}
        if wanted:
            for measure in module.measures(wanted):
                taken.append(measure)
                print("\n".join(list(lines([measure]))[1:]), flush=True)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([asdict(row) for row in taken], indent=1) + "\n", encoding="utf-8")
    print()
    print("\n".join(lines(taken)))


if __name__ == "__main__":
    main()
