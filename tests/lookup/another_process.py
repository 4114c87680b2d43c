"""Another process of the site, which checks, lists, ends and forks when it is told to.

Each line that it reads is an order, each line that it writes the answer: ``Other`` of
``tests.lookup.other`` writes and reads them.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings


def main(database: str, keyring: str, officer: str, owner: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": keyring},
    }
    django.setup()
    from cautionary_plugin.lookup import register

    opened: list[int] = []
    facts_of = register.facts_of_person
    register.facts_of_person = lambda *facts: opened.append(1) or facts_of(*facts)
    orders = {"check": _check, "list": _list, "end": _end, "fork": _fork}
    while line := sys.stdin.readline():
        opened.clear()
        order, told = json.loads(line)
        answer = orders[order](told, _colleague(owner if order in ("list", "end") else officer))
        sys.stdout.write(json.dumps({"answer": answer, "opened": len(opened)}) + "\n")
        sys.stdout.flush()


def _colleague(name: str) -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get_by_natural_key(name)


def _check(boxes: dict[str, str], by: Any) -> list[str]:
    """Give the outcome, and the references of whom the officer was shown."""
    from django.utils import timezone

    from cautionary_plugin.actions.check import check_register
    from cautionary_plugin.lookup.facts import Question
    from cautionary_plugin.rules.vocabulary import Purpose

    asked, purpose = Question(**boxes), Purpose.HOME_VISIT
    answer = check_register(question=asked, purpose=purpose, by=by, at=timezone.now())
    return [answer.outcome.value, *sorted(each.entry.reference for each in answer.findings)]


def _list(cells: dict[str, str], by: Any) -> list[str]:
    """Bring somebody in, and give the references."""
    from cautionary_plugin.models import Register, Service
    from tests.council import Council, list_entries, row

    services = {service.slug: service for service in Service.objects.all()}
    council = Council(Register.objects.get(), by, services["housing"], services["revenues"])
    return [entry.reference for entry in list_entries(council, row(**cells))]


def _end(reference: str, by: Any) -> None:
    from django.utils import timezone

    from cautionary_plugin.actions.corrections import withdraw_entry
    from cautionary_plugin.models import Entry

    entry = Entry.objects.get(reference=reference)
    withdraw_entry(entry=entry, reasons="The wrong person.", by=by, at=timezone.now())


def _fork(busy: str, by: Any) -> None:
    """Go on as a child of this process, in which another thread is busy at that instant."""
    from django.db import connections

    if busy != "nobody":
        _keep_busy({"refreshing": _stuck_in_update, "searching": _stuck_in_search}[busy])
    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status))
    _free()


_stuck = threading.Event()
_undone: list[Callable[[], None]] = []


def _keep_busy(stick: Callable[[], None]) -> None:
    """Search in a thread that never comes back: outside a transaction, which would lock SQLite."""
    from cautionary_plugin.lookup.facts import Question
    from cautionary_plugin.lookup.register import search

    def look() -> None:
        search(Question(name="Nobody Atall"), limit=1, visible=set)

    stick()
    threading.Thread(target=look, daemon=True).start()
    _stuck.wait()


def _stuck_in_update() -> None:
    from cautionary_plugin.lookup.store import Store

    add = Store.add

    def stick(self: Store, *given: Any) -> None:
        add(self, *given)
        _stuck.set()
        threading.Event().wait()

    Store.add = stick
    _undone.append(lambda: setattr(Store, "add", add))


def _stuck_in_search() -> None:
    from cautionary_plugin.lookup import index

    best = index.best

    def stick(*_given: Any) -> Any:
        _stuck.set()
        threading.Event().wait()

    index.best = stick
    _undone.append(lambda: setattr(index, "best", best))


def _free() -> None:
    while _undone:
        _undone.pop()()


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
