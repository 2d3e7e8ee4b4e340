"""One look at a web server, or at a port, on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from desktop_app.domain.crm_probe import Target
from desktop_app.services.crm_probe import answers


class _Server(HTTPServer):
    status = 200
    seen: list[tuple[str, str]]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_HEAD(self) -> None:
        self.server.seen.append((self.command, self.path))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_told: object) -> None:
        """Say nothing on the console."""


@pytest.fixture
def crm() -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def at(port: int, scheme: str = "http") -> Target:
    return Target(scheme, "127.0.0.1", port, "/login")


@pytest.mark.parametrize(
    ("status", "ok"), [(200, True), (302, True), (401, True), (404, True), (500, False), (503, False)]
)
def test_any_page_is_an_answer_but_an_error_of_its_own(crm: _Server, status: int, ok: bool) -> None:
    crm.status = status
    assert answers(at(crm.server_port)) is ok
    assert crm.seen == [("HEAD", "/login")], "a redirect was followed, or asked twice"


def test_a_port_that_takes_a_connection_answers(crm: _Server) -> None:
    assert answers(at(crm.server_port, "tcp"))
    assert crm.seen == []


def test_nobody_there_and_nobody_who_speaks() -> None:
    with socket.socket() as quiet:
        quiet.bind(("127.0.0.1", 0))
        port = quiet.getsockname()[1]
        assert not answers(at(port))
        assert not answers(at(port, "tcp"))
        quiet.listen()
        begun = time.monotonic()
        assert not answers(at(port), seconds=0.2)
        assert not answers(at(port, "https"), seconds=0.2)
        assert time.monotonic() - begun < 20


def test_what_is_no_web_server(crm: _Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def greet() -> None:
            taken, _ = odd.accept()
            with taken:
                taken.recv(100)
                taken.sendall(b"220 mail ready\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        assert not answers(at(odd.getsockname()[1]), seconds=2)
        thread.join()
