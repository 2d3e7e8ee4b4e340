import threading
import time
from pathlib import Path

from sqlalchemy import text

from desktop_app.storage.store import Store
from desktop_app.storage.turns import TURN_FILE, Turns
from tests.stores import new_store


def test_long_work_sees_that_somebody_waits_to_write(store: Store) -> None:
    waited: list[float] = []

    def save() -> None:
        begun = time.monotonic()
        with store.database.change() as connection:
            connection.execute(text("SELECT 1"))
        waited.append(time.monotonic() - begun)

    with store.database.change():
        assert not store.database.is_wanted()
        saving = threading.Thread(target=save)
        saving.start()
        while not store.database.is_wanted():
            time.sleep(0.001)
    saving.join()
    assert waited
    assert not store.database.is_wanted()


def test_who_waited_comes_before_work_that_begins_again(store: Store) -> None:
    order: list[str] = []

    def save() -> None:
        with store.database.change():
            order.append("save")

    with store.database.change():
        saving = threading.Thread(target=save)
        saving.start()
        while not store.database.is_wanted():
            time.sleep(0.001)
    with store.database.change():
        order.append("work")
    saving.join()
    assert order == ["save", "work"]


def test_where_no_file_can_be_made_everybody_writes_all_the_same(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "gone" / TURN_FILE)
    with turns.taken(1.0):
        assert not turns.are_wanted()
    with Turns(None).taken(1.0):
        pass


def test_a_folder_that_refuses_files_still_tells_its_own_failure(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        (tmp_path / "store" / TURN_FILE).unlink(missing_ok=True)
        (tmp_path / "store" / TURN_FILE).mkdir()
        with store.database.change() as connection:
            connection.execute(text("SELECT 1"))
