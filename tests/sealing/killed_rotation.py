"""A process that rotates the keys and is killed after some rows: run by the test of that."""

import json
import os
import signal
import sys

import django
from django.conf import settings


def main(database: str, keyring: str, rows: int) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": keyring},
    }
    django.setup()

    from cautionary_plugin.sealing.rotation import rotate

    def die(done: int, total: int) -> None:
        if done >= rows:
            os.kill(os.getpid(), signal.SIGKILL)

    rotate(batch=1, progress=die)


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
