"""One look at the CRM: does it answer? Nothing is sent but the question, nothing that comes back is read."""

from __future__ import annotations

import http.client
import socket
import ssl

from desktop_app.domain.crm_probe import Target

SECONDS = 5.0
"""So long a step of a look may take; a CRM that needs longer serves nobody on the phone."""


def answers(target: Target, seconds: float = SECONDS) -> bool:
    """Return whether somebody answers there; blocks, so it runs on a thread of its own.

    A web server answers with any page, a refusal or a redirect too, which is not followed; an error of its
    own (5xx) is none. Of anything else a connection is enough.
    """
    try:
        if target.scheme == "tcp":
            socket.create_connection((target.host, target.port), seconds).close()
            return True
        connection = _connection(target, seconds)
        try:
            connection.request("HEAD", target.path, headers={"Connection": "close"})
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return False


def _connection(target: Target, seconds: float) -> http.client.HTTPConnection:
    if target.scheme == "http":
        return http.client.HTTPConnection(target.host, target.port, timeout=seconds)
    # Who answers is of no matter: nothing is told and nothing believed. A CRM inside a centre often has a
    # certificate that no PC knows.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(target.host, target.port, timeout=seconds, context=context)
