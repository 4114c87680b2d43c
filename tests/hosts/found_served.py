"""Founds a council on the served site; says how its owner is known there, and what waits."""

import json
import sys
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment


def found() -> dict[str, Any]:
    from django.urls import reverse

    from cautionary_plugin.sealing.keyrings import get_keyring
    from tests.admin.deciding.typed import answers
    from tests.council import found_council, let_into_wagtail, through_the_door
    from tests.life import countersigned

    get_keyring().create()
    council = found_council()
    let_into_wagtail(council.owner)
    reports = [countersigned(council) for _each_way_to_serve in range(2)]
    owner = through_the_door(council.owner)
    return {
        "cookies": {name: morsel.value for name, morsel in owner.cookies.items()},
        "csrf": [settings.CSRF_COOKIE_NAME, "csrfmiddlewaretoken"],
        "check": reverse("cautionary:check"),
        "decide": [reverse("cautionary_decide_as", args=[one.reference, "add"]) for one in reports],
        "answers": answers(council),
        "withdraw": reverse("cautionary_withdraw", args=["REFERENCE"]),
    }


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    # The tables as they are now: going through all migrations takes a minute.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    sys.stdout.write(json.dumps(found()))
