"""``init``, ``doctor``, ``backup``, ``restore`` as they are called: exit codes and one sentence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from desktop_app.cli import main

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"([A-Z2-7]{4}-){7}[A-Z2-7]{4}")
PIN = "a long pass phrase"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("FALLBACK_DESK_USER", "8021")
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)


def init(folder: Path, *more: str, station: str = "07", role: str = "agent") -> int:
    told = ["--store", str(folder), "--station", station, "--user", "8021", "--name", "李娜", "--role", role]
    return main(["init", *told, *more])


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence on stderr."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    return captured.err


def test_init_prints_the_recovery_code_and_one_time_pins(tmp_path: Path, capsys, monkeypatch) -> None:
    users = tmp_path / "users.csv"
    users.write_text("staff_number,name,role\n8022,王芳,agent\n8001,赵敏,lead\n", "utf-8")
    policy = tmp_path / "policy.toml"
    policy.write_text('zone = "Asia/Shanghai"\n')
    assert init(tmp_path / "07", "--users", str(users), "--policy", str(policy)) == 0
    out = capsys.readouterr().out
    recovery = CODE.search(out)[0]
    pins = dict(re.findall(r"PIN of (\d+): (\w{12})\n", out))
    assert pins.keys() == {"8022", "8001"}
    for name, value in (("USER", "8001"), ("PIN", pins["8001"])):
        monkeypatch.setenv(f"FALLBACK_DESK_{name}", value)
    assert main(["doctor", "--store", str(tmp_path / "07")]) == 0
    monkeypatch.delenv("FALLBACK_DESK_USER")
    monkeypatch.setenv("FALLBACK_DESK_PIN", "")
    monkeypatch.setenv("FALLBACK_DESK_RECOVERY", recovery.lower())
    assert main(["doctor", "--store", str(tmp_path / "07")]) == 0


def test_what_init_refuses(tmp_path: Path, capsys, monkeypatch) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("retention_years = 3\n")
    refusals = {
        "station": lambda: init(tmp_path / "07", station="7"),
        "role": lambda: init(tmp_path / "07", role="chief"),
        "policy": lambda: init(tmp_path / "07", "--policy", str(policy)),
        "users": lambda: init(tmp_path / "07", "--users", str(tmp_path / "none.csv")),
    }
    sentences = {}
    for what, call in refusals.items():
        assert call() == 2
        sentences[what] = told(capsys)
    assert "agent lead supervisor" in sentences["role"]
    assert "retention_years" in sentences["policy"]
    monkeypatch.setenv("FALLBACK_DESK_PIN", "123456")
    assert init(tmp_path / "07") == 2
    assert "12 characters" in told(capsys)
    monkeypatch.delenv("FALLBACK_DESK_PIN")
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115 - closed with it
    assert init(tmp_path / "07") == 2
    assert "FALLBACK_DESK_PIN" in told(capsys)
    sys.stdin.close()
    assert not (tmp_path / "07").exists()


def test_a_policy_with_the_sites_recovery_key(tmp_path: Path, capsys, monkeypatch) -> None:
    site = pyrage.x25519.Identity.generate()
    policy, key = tmp_path / "policy.toml", tmp_path / "site-key.txt"
    policy.write_text(f'recovery_key = "{site.to_public()}"\nshared_pc = true\n')
    key.write_text(f"{site}\n")
    assert init(tmp_path / "07", "--policy", str(policy)) == 0
    out = capsys.readouterr().out
    assert not CODE.search(out)
    assert "IT opens the store" in out
    assert "same disk" in out
    monkeypatch.setenv("FALLBACK_DESK_PIN", "")
    monkeypatch.setenv("FALLBACK_DESK_RECOVERY", str(key))
    assert main(["doctor", "--store", str(tmp_path / "07")]) == 0
    # The policy of the PC counts where none is named.
    monkeypatch.setenv("FALLBACK_DESK_POLICY", str(policy))
    monkeypatch.setenv("FALLBACK_DESK_PIN", PIN)
    capsys.readouterr()
    assert init(tmp_path / "08", station="08") == 0
    assert "IT opens the store" in capsys.readouterr().out


def test_an_existing_store_and_a_code_in_use(tmp_path: Path, capsys) -> None:
    assert init(tmp_path / "07") == 0
    assert init(tmp_path / "drill", "--drill") == 0
    capsys.readouterr()
    assert init(tmp_path / "07") == 2
    assert str(tmp_path / "07") in told(capsys)
    assert init(tmp_path / "twin") == 2
    assert str(tmp_path / "07") in told(capsys)
    (tmp_path / "07").rename(tmp_path / "gone")
    assert init(tmp_path / "twin") == 0


def run(*arguments: object, data: Path, **environment: str) -> subprocess.CompletedProcess:
    given = {
        "FALLBACK_DESK_DATA": str(data),
        "FALLBACK_DESK_USER": "8021",
        "FALLBACK_DESK_PIN": PIN,
        "LC_ALL": "en_GB.UTF-8",
    }
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | given | environment,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def test_damage_and_restore_as_processes(tmp_path: Path) -> None:
    """The whole way in processes of their own: made, backed up, damaged, found, restored, sound again."""
    store, data, backups = tmp_path / "07", tmp_path / "data", tmp_path / "backups"
    person = ("--station", "07", "--user", "8021", "--name", "李娜", "--role", "agent")
    made = run("init", "--store", store, *person, data=data)
    assert (made.returncode, made.stderr) == (0, "")
    report = run("doctor", "--store", store, "--json", data=data)
    sound = json.loads(report.stdout)
    assert (report.returncode, sound["problems"]) == (0, [])
    assert sound["entries"] == 2
    assert re.fullmatch("[0-9a-f]{64}", sound["state_hash"])
    assert run("backup", "--store", store, "--out", backups, data=data).returncode == 0
    (backup,) = backups.iterdir()
    file = store / "store.db"
    content = bytearray(file.read_bytes())
    content[-2000] ^= 8
    file.write_bytes(content)
    report = run("doctor", "--store", store, "--json", data=data)
    assert (report.returncode, report.stderr) == (1, "")
    assert json.loads(report.stdout)["problems"]
    wrong = run("restore", "--store", store, "--from", backup, data=data, FALLBACK_DESK_PIN="not the one")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    restored = run("restore", "--store", store, "--from", backup, data=data)
    assert (restored.returncode, restored.stderr) == (0, "")
    again = run("doctor", "--store", store, "--json", data=data)
    assert (again.returncode, json.loads(again.stdout)) == (0, sound)
    none = run("doctor", "--store", tmp_path / "none", data=data)
    assert (none.returncode, none.stderr.count("\n")) == (2, 1)
