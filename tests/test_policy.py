"""``policy.toml`` as IT writes it: what holds, where it is found, and one sentence for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.paths import data_folder
from desktop_app.policy import Policy, machine_data_folder, machine_policy, read_policy
from desktop_app.words import Words

RECIPIENT = "age1" + "q" * 58


def refused(file: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_policy(file)
    assert Words("en").sentence(caught.value)
    return caught.value


def test_what_a_policy_may_set(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('zone = "Europe/Paris"\n')
    assert read_policy(file) == Policy(zone="Europe/Paris")
    file.write_bytes(b'\xef\xbb\xbfzone = "Europe/Paris"\r\nshared_pc = true\r\n')
    assert read_policy(file) == Policy(zone="Europe/Paris", shared_pc=True)
    file.write_text(
        f'data_folder = "{tmp_path}"\nrecovery_key = "{RECIPIENT}"\nlock_minutes = 10\nlanguage = "en"\n'
    )
    assert read_policy(file) == Policy(
        data_folder=tmp_path, recovery_key=RECIPIENT, lock_minutes=10, language="en"
    )
    file.write_text(f'leads = ["{tmp_path}/01.fdkey"]\nhandin_folder = "{tmp_path}"\n')
    assert read_policy(file) == Policy(leads=(tmp_path / "01.fdkey",), handin_folder=tmp_path)
    file.write_text("customers_max_age_days = 30\n")
    assert read_policy(file) == Policy(customers_max_age_days=30)
    file.write_text("contact_max_age_days = 30\nbackup_max_age_days = 2\ntraining_max_age_days = 180\n")
    assert read_policy(file) == Policy(
        contact_max_age_days=30, backup_max_age_days=2, training_max_age_days=180
    )
    default = Policy()
    assert (default.customers_max_age_days, default.backup_max_age_days) == (7, 7)
    assert (default.contact_max_age_days, default.training_max_age_days) == (90, 365)
    file.write_text("keep_id_numbers = true\n")
    assert read_policy(file) == Policy(keep_id_numbers=True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('zone = "Nowhere/At all"', "reading.unknown_zone"),
        ("zone = 8", "reading.unknown_zone"),
        ('colour = "red"', "policy.unknown"),
        ("zone =", "policy.not_toml"),
        ("lock_minutes = 0", "policy.value"),
        ("lock_minutes = true", "policy.value"),
        ("customers_max_age_days = 0", "policy.value"),
        ('customers_max_age_days = "7"', "policy.value"),
        ("contact_max_age_days = 0", "policy.value"),
        ("backup_max_age_days = true", "policy.value"),
        ("training_max_age_days = 3651", "policy.value"),
        ('lock_minutes = "3"', "policy.value"),
        ("shared_pc = 1", "policy.value"),
        ('keep_id_numbers = "yes"', "policy.value"),
        ('data_folder = "here"', "policy.value"),
        ("data_folder = 7", "policy.value"),
        ('handin_folder = "here"', "policy.value"),
        ('leads = "/etc/01.fdkey"', "policy.value"),
        ('leads = ["01.fdkey"]', "policy.value"),
        ("leads = [7]", "policy.value"),
        ('recovery_key = "AGE-SECRET-KEY-1QQ"', "policy.value"),
        ('language = "fr"', "policy.value"),
    ],
)
def test_mistakes(tmp_path: Path, content: str, code: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(content)
    assert refused(file).code == code


def test_no_file_and_no_text(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.toml").code == "stores.no_file"
    (tmp_path / "policy.toml").write_bytes(b"\xff\xfe\x00")
    assert refused(tmp_path / "policy.toml").code == "stores.unreadable"


def test_the_data_folder_follows_the_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine_policy() == Policy()
    file = tmp_path / "policy.toml"
    file.write_text(f'data_folder = "{tmp_path / "all"}"\n')
    monkeypatch.setenv("FALLBACK_DESK_POLICY", str(file))
    assert data_folder() != tmp_path / "all"
    monkeypatch.delenv("FALLBACK_DESK_DATA")
    assert data_folder() == tmp_path / "all"
    file.write_text("shared_pc = true\n")
    assert data_folder() == machine_data_folder()
    file.write_text("shared_pc = maybe\n")
    with pytest.raises(KnownError):
        data_folder()
