"""A process that erases what is due and is killed at some point: run by the test of that."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django
from django.conf import settings


def main(database: str, keyring: str, storage: str, at: str, point: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": keyring},
    }
    settings.STORAGES["evidence"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": storage},
    }
    settings.CAUTIONARY_EVIDENCE_STORAGE = "evidence"
    django.setup()

    from cautionary_plugin.actions.erasure import erase_due

    _arm(point)
    erase_due(at=datetime.fromisoformat(at))


def _arm(point: str) -> None:
    from cautionary_plugin.actions.erasure import erasing, steps
    from cautionary_plugin.sealing import journal, objects

    places: dict[str, tuple[Any, str, int]] = {
        "in the first transaction": (erasing, "certify", 1),
        "before the journal": (erasing, "_begin", 1),
        "after the journal": (journal.Journal, "append", 1),
        "after one of the objects": (objects, "remove", 1),
        "after the objects": (erasing, "finish", 0),
        "in the last transaction": (steps, "remove_rows", 1),
        "after the last transaction": (erasing, "finish", 1),
    }
    module, name, after = places[point]
    setattr(module, name, _deadly(getattr(module, name), after))


def _deadly(function: Callable[..., Any], after: int) -> Callable[..., Any]:
    """Kill the process before the function, or after it did something."""

    def die(*args: Any, **kwargs: Any) -> Any:
        if after and function(*args, **kwargs) == 0:
            return 0  # nothing was to be done yet
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    return die


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
