"""One window for one store: a second start raises the first and ends.

A local socket (a named pipe on Windows), never a network one, named by the account and the store's folder.
The store's own lock keeps two processes apart where it matters; this only spares a person a second window.
"""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_SHOWN = b"shown\n"
_PATIENCE = 2_000
"""Milliseconds within which a window that runs answers; one that hangs is not waited for."""
_START = 10_000
"""Milliseconds within which a window that is started at the same moment is there to answer."""


class SingleWindow(QObject):
    """``first``: this process is to show the window; ``asked`` is emitted when another one starts."""

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Another account of a shared PC has a window of its own, on a screen nobody sees now.
        told = f"{getpass.getuser()}\0{folder.resolve()}".encode("utf-8", "surrogateescape")
        self._name = f"fallback-desk-{hashlib.sha256(told).hexdigest()[:24]}"
        self._server: QLocalServer | None = None
        # Clicked twice, two programs find nobody. The second waits here until the first one can answer; a
        # lock that cannot be had is no reason to show no window.
        self._starting = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        self._starting.setStaleLockTime(0)
        self._starting.tryLock(_START)
        self.first = not self._raise_other() and self._listen()
        if self.first:
            QTimer.singleShot(0, self, self._starting.unlock)
        else:
            self._starting.unlock()

    def close(self) -> None:
        """Stop listening."""
        self._starting.unlock()
        if self._server is not None:
            self._server.close()
            self._server = None

    def _raise_other(self) -> bool:
        """Ask the window that runs to show itself; returns whether there is one that did."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE):
            return False
        answered = socket.waitForReadyRead(_PATIENCE)
        socket.disconnectFromServer()
        return answered

    def _listen(self) -> bool:
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        if not server.listen(self._name):
            # Nobody answered: the socket is what a killed window left.
            QLocalServer.removeServer(self._name)
            server.listen(self._name)
        self._server = server
        # A window that cannot be raised is better than none.
        return True

    def _answer(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_SHOWN)
            socket.flush()
            socket.disconnectFromServer()
        self.asked.emit()
