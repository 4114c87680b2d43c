"""One check at 10,000 sealed entries: the match, the whole action, the whole request.

The request is compared with an empty Django view of the same run, behind the same middleware.
"""

import time
from collections.abc import Callable

from benchmarks.asking import RUNS
from benchmarks.figures import p95

ENTRIES = 10_000
ASKED = 300


def within(work: Callable[[int], object], times: int = ASKED) -> float:
    """Milliseconds within which 95 of 100 calls are done, each the best of three."""
    taken = []
    for number in range(times):
        best = float("inf")
        for _again in range(RUNS):
            start = time.perf_counter()
            work(number)
            best = min(best, time.perf_counter() - start)
        taken.append(best)
    return p95(taken)


def main() -> None:
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import path, reverse
    from django.utils import timezone

    from benchmarks.importing import district, legacy_list, whole
    from benchmarks.officers import trials
    from benchmarks.peers.texts import typed
    from benchmarks.site import council
    from cautionary_plugin.actions.check import check_register
    from cautionary_plugin.lookup import register
    from cautionary_plugin.lookup.facts import Question
    from cautionary_plugin.models import Entry
    from cautionary_plugin.rules.vocabulary import Purpose
    from tests.council import make_reader, through_the_door

    if not Entry.objects.exists():
        whole(legacy_list(ENTRIES))
    reader = make_reader(council(), "bench")
    browser = through_the_door(reader)
    start = time.perf_counter()
    register.bring_up_to_date()
    print(
        f"\n== One check at {Entry.objects.count():,} sealed entries, {connection.vendor} (p95 of {ASKED})"
    )
    print(f"cold start of the index         {time.perf_counter() - start:6.2f} s")

    asked = [trial.question for trial in trials(list(enumerate(district(ENTRIES))), ASKED // 10, 3)]

    def question(number: int) -> Question:
        return asked[number % len(asked)]

    index = register.bring_up_to_date()

    def match(number: int) -> object:
        return index.search(question(number), limit=10)

    def act(number: int) -> object:
        return check_register(
            question=question(number), purpose=Purpose.HOME_VISIT, by=reader, at=timezone.now()
        )

    url = reverse("cautionary:check")

    def ask(number: int) -> object:
        return browser.post(url, {"anything": typed(question(number)), "purpose": "home_visit"})

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    print(
        f"freshness alone                 {within(lambda _n: register.bring_up_to_date()):6.2f} ms"
    )
    print(f"the match alone                 {within(match):6.2f} ms")
    print(f"the whole action, recorded      {within(act):6.2f} ms")
    whole_request = within(ask, 60)
    module = type("urls", (), {"urlpatterns": [path("empty/", empty)]})
    with override_settings(ROOT_URLCONF=module):
        bare = within(lambda _n: Client().get("/empty/"), 60)
    print(f"the whole request               {whole_request:6.2f} ms")
    print(f"an empty view                   {bare:6.2f} ms   ratio {whole_request / bare:.1f}")


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
