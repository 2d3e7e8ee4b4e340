"""Whatever happens to the file of a bundle, nothing of it is taken and one sentence says what to do."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.domain.bundles import MOST_BYTES
from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundle_lines import write_lines
from desktop_app.exchange.bundles import read_header, write_bundle
from desktop_app.words import LANGUAGES, Words
from tests.bundles import read_bundle
from tests.exchange.parties import Party, bundle_of, chained, party, resigned, run_of, said, sealed_by

STATION, OTHER, LEAD, STRANGER = party("07"), party("08"), party("01", Role.LEAD), party("66")
MUTATIONS = 2_400
NAMES = itertools.count()
ROOT = Path(__file__).resolve().parents[2]
Mutation = Callable[[random.Random, bytes, bytes], bytes]


def file_of(sender: Party, folder: Path, to: Party = LEAD) -> bytes:
    run = run_of(sender, chained(sender.writer, [said(f"来电 {number}") for number in range(5)]))
    written = write_bundle(folder, bundle_of(sender, run), sender.keys, [to.identity])
    content = written.read_bytes()
    written.unlink()
    return content


def refusal(file: Path, party_: Party = LEAD) -> str:
    with pytest.raises(KnownError) as caught:
        read_bundle(file, party_.keys)
    assert all(Words(language).sentence(caught.value) for language in LANGUAGES)
    return caught.value.code


def refusal_of(content: bytes, folder: Path) -> str:
    # A new file each time: to cut an old one to nothing takes longer than all the rest.
    file = folder / f"x{next(NAMES)}.handin"
    file.write_bytes(content)
    return refusal(file)


def parts(file: bytes) -> list[bytes]:
    header, signature, sealed = file.split(b"\n", 2)
    return [header + b"\n", signature + b"\n", sealed]


def flip(rng: random.Random, file: bytes, _other: bytes) -> bytes:
    where = rng.randrange(len(file))
    return file[:where] + bytes([file[where] ^ 1 << rng.randrange(8)]) + file[where + 1 :]


def flip_before_content(rng: random.Random, file: bytes, other: bytes) -> bytes:
    length = len(file) - len(parts(file)[2])
    return flip(rng, file[:length], other) + file[length:]


def cut(rng: random.Random, file: bytes, _other: bytes) -> bytes:
    return file[: rng.randrange(len(file))]


def insert(rng: random.Random, file: bytes, _other: bytes) -> bytes:
    where = rng.randrange(len(file) + 1)
    return file[:where] + rng.randbytes(rng.randint(1, 40)) + file[where:]


def leave_out(rng: random.Random, file: bytes, _other: bytes) -> bytes:
    where = rng.randrange(len(file))
    return file[:where] + file[where + rng.randint(1, 40) :]


def swap(rng: random.Random, file: bytes, other: bytes) -> bytes:
    a, b, c = sorted(rng.sample(range(len(file) + 1), 3))
    swapped = file[:a] + file[b:c] + file[a:b] + file[c:]
    return swapped if swapped != file else flip(rng, file, other)


def splice(rng: random.Random, file: bytes, other: bytes) -> bytes:
    """Header, signature and content of two bundles, but not all three of one."""
    mixed = [(a, b, c) for a, b, c in itertools.product((0, 1), repeat=3) if len({a, b, c}) > 1]
    both = [parts(file), parts(other)]
    return b"".join(both[which][place] for place, which in enumerate(rng.choice(mixed)))


def sign_as_another(rng: random.Random, file: bytes, _other: bytes) -> bytes:
    told = {"sign": STRANGER.identity.sign}
    if rng.random() < 0.5:
        told["store"] = STRANGER.identity.store
    return resigned(file, STRANGER, **told)


def sign_without_telling(_rng: random.Random, file: bytes, _other: bytes) -> bytes:
    return resigned(file, STRANGER)


def lie(rng: random.Random, file: bytes, _other: bytes) -> bytes:
    """The sender itself says what is not so, and signs it."""
    lies: list[dict[str, object]] = [
        {"entries": 4},
        {"entries": 6},
        {"entries": 10**6},
        {"entries": -1},
        {"entries": True},
        {"entries": 10**400},
        {"plain": 1},
        {"plain": MOST_BYTES + 1},
        {"plain": 2**60},
        {"sealed": 10},
        {"sealed": 2**40},
        {"sealed": None},
        {"sha256": "0" * 64},
        {"sha256": "Ä"},
        {"store": OTHER.identity.store},
        {"store": "x"},
        {"drill": True},
        {"drill": 1},
        {"to": []},
        {"to": ["x"]},
        {"to": "x"},
        {"to": [OTHER.identity.store] * 3_000},
        {"format": 2},
        {"format": 0},
        {"format": "1"},
        {"bundle": "other"},
    ]
    return resigned(file, STATION, **rng.choice(lies))


MANNERS: tuple[Mutation, ...] = (
    *(flip, flip_before_content, cut, insert, leave_out, swap),
    *(splice, sign_as_another, sign_without_telling, lie),
)


def mutated(count: int, folder: Path) -> Iterator[tuple[str, bytes]]:
    rng = random.Random(4)
    file, other = file_of(STATION, folder), file_of(OTHER, folder)
    for number in range(count):
        manner = MANNERS[number % len(MANNERS)]
        changed = manner(rng, file, other)
        assert changed not in (file, other)
        yield manner.__name__, changed


def test_no_mutated_bundle_is_accepted(tmp_path: Path) -> None:
    codes: dict[str, set[str]] = {}
    for manner, content in mutated(MUTATIONS, tmp_path):
        codes.setdefault(manner, set()).add(refusal_of(content, tmp_path))
    assert len(codes) == len(MANNERS)
    assert codes["sign_without_telling"] == {"bundles.altered"}
    # age pads its header at random, so that which of two files is the longer one is chance.
    assert codes["splice"] <= {"bundles.altered", "bundles.cut"}
    assert codes["sign_as_another"] == {"bundles.content"}
    assert codes["cut"] <= {"bundles.cut", "bundles.not_one"}
    assert codes["lie"] >= {"bundles.too_large", "bundles.newer", "bundles.content", "bundles.altered"}
    assert not any("missing" in code for told in codes.values() for code in told)


def test_the_bundle_that_was_mutated_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "x.handin"
    file.write_bytes(file_of(STATION, tmp_path))
    assert read_bundle(file, LEAD.keys).entry_count == 5
    file.write_bytes(resigned(file.read_bytes(), STATION, sometime="more"))
    assert read_bundle(file, LEAD.keys).entry_count == 5


def test_a_bundle_for_somebody_else(tmp_path: Path) -> None:
    file = tmp_path / "x.handin"
    file.write_bytes(file_of(STATION, tmp_path, to=OTHER))
    assert refusal(file) == "bundles.not_for_us"
    assert read_header(file).recipients == (OTHER.identity.store,)
    # To name us in the header does not make it readable.
    named = resigned(file.read_bytes(), STATION, to=[LEAD.identity.store])
    assert refusal_of(named, tmp_path) == "bundles.not_for_us"


def test_content_that_is_no_age_file(tmp_path: Path) -> None:
    start = b"age-encryption.org/v1\n"
    for content in (
        b"",
        b"x" * 100,
        start + b"-> X25519 AAAA\n",
        # It would take hours to look at all of these, and half a minute at those.
        start + b"-> a\n\n" * (1 << 20) + b"--- " + b"A" * 43 + b"\n" + b"x" * 100,
        start + b"-> a\n\n" * (32 << 10) + b"--- " + b"A" * 43 + b"\n" + b"x" * 100,
        start + b"-> a\n\n" * 180 + b"--- " + b"A" * 43 + b"\n" + b"x" * 100,
    ):
        told = {"plain": 31 << 20, "sealed": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        header, signature, _ = parts(file_of(STATION, tmp_path))
        file = resigned(header + signature + content, STATION, **told)
        assert refusal_of(file, tmp_path) in ("bundles.content", "bundles.altered")


def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    real = tmp_path / "real.handin"
    real.write_bytes(file_of(STATION, tmp_path))
    (tmp_path / "link.handin").symlink_to(real)
    (tmp_path / "zeros.handin").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.handin")
    (tmp_path / "folder.handin").mkdir()
    for name in ("link", "zeros", "pipe", "folder"):
        assert refusal(tmp_path / f"{name}.handin") == "sharing.not_regular"
    assert refusal(tmp_path / "none.handin") == "bundles.missing"
    assert refusal(Path("/dev/null")) == "sharing.not_regular"
    (tmp_path / "empty.handin").touch()
    assert refusal(tmp_path / "empty.handin") == "bundles.not_one"


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    file = tmp_path / "x.handin"
    file.write_bytes(file_of(STATION, tmp_path))
    monkeypatch.setattr(os, "open", fail)
    assert refusal(file) == "bundles.unreadable_file"


_READ = """
import sys
from pathlib import Path
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Keys
from tests.bundles import read_bundle

def most():
    # Not getrusage: what that tells began with the memory of the process that started this one.
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])

before = most()
try:
    read_bundle(Path(sys.argv[1]), Keys(bytes(32), sys.argv[2]))
except KnownError as problem:
    print(problem.code)
print(most() - before)
"""


def memory_for(content: bytes, folder: Path, *, sparse: int = 0) -> tuple[str, float]:
    """The refusal of a process of its own, and the MiB it took for it."""
    file = folder / "large.handin"
    file.write_bytes(content)
    if sparse:
        os.truncate(file, sparse)
    run = subprocess.run(
        [sys.executable, "-c", _READ, str(file), LEAD.keys.receive],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    code, grown = run.stdout.split()
    return code, int(grown) / 1024


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    file = file_of(STATION, tmp_path)
    assert memory_for(file, tmp_path, sparse=8 << 30) == ("bundles.too_large", pytest.approx(0, abs=8))
    claims = resigned(file, STATION, plain=MOST_BYTES * 2, sealed=MOST_BYTES * 2 + 200)
    code, grown = memory_for(claims, tmp_path, sparse=MOST_BYTES * 2 + 2_000)
    assert (code, grown) == ("bundles.too_large", pytest.approx(0, abs=8))
    code, grown = memory_for(b"\0" * 100, tmp_path, sparse=8 << 30)
    assert (code, grown) == ("bundles.not_one", pytest.approx(0, abs=8))


@pytest.mark.parametrize("filling", [b"[],", b'"\\'])
def test_hostile_content_of_the_largest_size_takes_some_memory_only(filling: bytes, tmp_path: Path) -> None:
    size = MOST_BYTES - 4096
    hostile = b"[" + filling * (size // len(filling)) + b"0]\n"
    code, grown = memory_for(sealed_by(STATION, hostile, 10_000, [LEAD]), tmp_path)
    assert code == "bundles.content"
    assert grown < 5 * MOST_BYTES / (1 << 20)


def test_a_hostile_payload_takes_some_memory_only(tmp_path: Path) -> None:
    hostile = b'{"changes":{"a":[[],[' + b"[]," * (3 << 20) + b"0]]}}"
    run = run_of(STATION, chained(STATION.writer, [said("x"), hostile]))
    content = write_lines(bundle_of(STATION, run))
    code, grown = memory_for(sealed_by(STATION, content, 2, [LEAD]), tmp_path)
    assert code == "bundles.content"
    assert grown < 5 * MOST_BYTES / (1 << 20)
