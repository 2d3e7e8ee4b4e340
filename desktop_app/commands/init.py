"""``init``: make a store for a station and its people."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.commands.parser import CommandParser
from desktop_app.domain.roles import Role
from desktop_app.words import Words


def add(subparsers: argparse._SubParsersAction[CommandParser]) -> None:
    """Define the command."""
    parser = subparsers.add_parser("init", help="help.init")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR")
    parser.add_argument("--station", required=True, metavar="CODE", help="help.station")
    parser.add_argument("--user", required=True, metavar="STAFF_NUMBER")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, metavar="ROLE", help=" ".join(Role))
    parser.add_argument("--users", type=Path, metavar="FILE", help="help.users")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="help.policy")
    parser.add_argument("--drill", action="store_true", help="help.drill")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, words: Words) -> int:
    """Make the store; the recovery code and one-time PINs go to stdout, once."""
    from desktop_app.commands.credentials import ask_new_pin
    from desktop_app.paths import data_folder
    from desktop_app.policy import machine_policy, read_policy
    from desktop_app.services import stores

    owner = stores.Person(options.user.strip(), options.name.strip(), stores.role_named(options.role))
    others = stores.read_people(options.users) if options.users else []
    policy = read_policy(options.policy) if options.policy else machine_policy()
    created = stores.create(
        options.store,
        station=options.station,
        owner=owner,
        pin=ask_new_pin(words),
        data_folder=data_folder(),
        now=datetime.now(UTC),
        others=others,
        policy=policy,
        drill=options.drill,
    )
    with created.store:
        if created.recovery:
            print(words.say("command.init.recovery", recovery=created.recovery))
        else:
            print(words.say("command.init.site_recovery"))
        for staff_number, pin in created.one_time_pins.items():
            print(words.say("command.init.one_time_pin", user=staff_number, pin=pin))
        if not created.with_device:
            print(words.say("command.init.shared_pc" if policy.shared_pc else "command.init.without_device"))
    return 0
