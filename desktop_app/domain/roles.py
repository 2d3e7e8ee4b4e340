"""Roles (domain/procedures.md, reading 10): who may take which step."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person acts as; above agent it comes from ``init``, a lead's entry, or 代行 with a reason."""

    AGENT = "agent"
    LEAD = "lead"
    SUPERVISOR = "supervisor"
    OPERATIONS_MANAGER = "operations_manager"
    CENTRE_MANAGER = "centre_manager"
    IT = "it"
    ADMIN = "admin"
    AUDITOR = "auditor"
