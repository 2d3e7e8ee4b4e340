"""The PC's secret: made once where there is a key store, never put into a file."""

import threading
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from desktop_app.storage.device_secret import device_secret
from tests.storage import memory_keyring


@pytest.fixture
def key_store():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_made_once_and_found_again(key_store, tmp_path: Path) -> None:
    key_store(memory_keyring.Keyring())
    assert device_secret(tmp_path, create=False) is None
    made = device_secret(tmp_path, create=True)
    assert len(made) == 32
    assert device_secret(tmp_path, create=True) == made
    assert device_secret(tmp_path, create=False) == made
    key_store(memory_keyring.Keyring())
    assert device_secret(tmp_path, create=True) != made


def test_the_probe_leaves_nothing_behind(key_store, tmp_path: Path) -> None:
    store = memory_keyring.Keyring()
    key_store(store)
    device_secret(tmp_path, create=True)
    assert list(store.held) == [("fallback-desk", "device-secret")]


@pytest.mark.parametrize(
    "store",
    [keyring.backends.fail.Keyring, memory_keyring.LockedKeyring, memory_keyring.ForgetfulKeyring],
)
def test_no_secret_without_a_key_store_that_works(key_store, tmp_path: Path, store) -> None:
    key_store(store())
    assert device_secret(tmp_path, create=True) is None
    assert device_secret(tmp_path, create=False) is None
    assert [file.name for file in tmp_path.rglob("*")] == ["device.lock"]


def test_a_key_store_that_asks_a_person_is_not_waited_for(key_store, tmp_path: Path) -> None:
    key_store(memory_keyring.AskingKeyring())
    assert device_secret(tmp_path, create=False, time_limit=0.05) is None
    for thread in threading.enumerate():
        if thread.name == "key-store":
            thread.join()


def test_a_key_store_that_writes_files_is_not_used(key_store, tmp_path: Path, monkeypatch) -> None:
    store = memory_keyring.Keyring()
    monkeypatch.setattr(type(store), "__module__", "keyrings.alt.file")
    key_store(store)
    assert device_secret(tmp_path, create=True) is None
    assert store.held == {}


def test_a_cut_secret_is_none(key_store, tmp_path: Path) -> None:
    store = memory_keyring.Keyring()
    key_store(store)
    for held in ("", "AAAA", "not base64 !", "A" * 1000):
        store.held["fallback-desk", "device-secret"] = held
        assert device_secret(tmp_path, create=False) is None
