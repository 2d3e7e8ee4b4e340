"""The house keeps its order: layers by import-linter, and the sizes of DESIGN §7."""

import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "desktop_app").rglob("*.py"))
MEDIAN_LINES = 150
P95_LINES = 400
MOST_LINES = 400


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_module_sizes() -> None:
    sizes = sorted(size for path in MODULES if (size := lines(path)))
    assert statistics.median(sizes) < MEDIAN_LINES
    assert statistics.quantiles(sizes, n=20)[-1] < P95_LINES


def test_no_module_is_long() -> None:
    """A longer one has two jobs."""
    assert [path.relative_to(ROOT).as_posix() for path in MODULES if lines(path) > MOST_LINES] == []


def test_packages_re_export_nothing() -> None:
    assert [path for path in MODULES if path.name == "__init__.py" and lines(path)] == []


def test_nobody_reads_the_items_of_a_layout() -> None:
    """PySide keeps what ``QLayout.itemAt`` returns as if it were ours, and crashes when Qt has freed it."""
    assert [path.name for path in MODULES if ".itemAt(" in path.read_text("utf-8")] == []


def test_same_noun_same_name() -> None:
    """A test stands where its module does: tests/storage/test_keys.py tests storage/keys.py."""
    layers = ("domain", "storage", "exchange", "matching", "services", "ui")
    nowhere = [
        f"{layer}/{test.name}"
        for layer in layers
        for test in (ROOT / "tests" / layer).glob("test_*.py")
        if not (ROOT / "desktop_app" / layer / test.name.removeprefix("test_")).exists()
        and not (ROOT / "desktop_app" / layer / test.stem.removeprefix("test_")).is_dir()
    ]
    assert nowhere == []


def test_start_imports_nothing_heavy() -> None:
    """The command line's help costs no SQLAlchemy, spreadsheet library or cryptography."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, desktop_app.cli as c; c.build_parser(c.Words('en')); print(*sys.modules)",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "python_calamine", "cryptography", "pypinyin"}
    assert heavy.isdisjoint(told)


def test_a_plain_start_makes_no_parser_of_commands() -> None:
    """The desktop's start goes to the window at once; any argument is parsed."""
    script = (
        "import sys, desktop_app.cli as c\n"
        "c._show_window = lambda store: print(store, *sys.modules) or 0\n"
        "c.main(sys.argv[1:])"
    )

    def told(*arguments: str) -> list[str]:
        call = [sys.executable, "-c", script, *arguments]
        return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    plain = told()
    assert plain[0] == "None"
    assert not {"argparse", "desktop_app.commands"} & set(plain)
    named = told("--store", "somewhere")
    assert named[0] == "somewhere"
    assert "desktop_app.commands.parser" in named


def test_lock_names_no_place() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock
    assert "pyside6-essentials==6.9.3" in lock
