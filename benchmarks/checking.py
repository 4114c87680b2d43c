"""One check at 10,000 sealed entries: the match, the whole action, the whole request.

The request is compared with an empty Django view of the same run, behind the same middleware.
"""

import time
from collections.abc import Callable
from statistics import quantiles

ENTRIES = 10_000
ASKED = 300


def p95(work: Callable[[int], object], times: int = ASKED) -> float:
    """Milliseconds within which 95 of 100 calls are done, each the best of three."""
    taken = []
    for number in range(times):
        best = float("inf")
        for _again in range(3):
            start = time.perf_counter()
            work(number)
            best = min(best, time.perf_counter() - start)
        taken.append(best * 1000)
    return quantiles(taken, n=20)[-1]


def main() -> None:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import path, reverse
    from django.utils import timezone

    from benchmarks.engines import typed
    from benchmarks.importing import district, legacy_list, whole
    from benchmarks.officers import trials
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
    print(f"\n== One check at {Entry.objects.count():,} sealed entries (p95 of {ASKED})")
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

    print(f"freshness alone                 {p95(lambda _n: register.bring_up_to_date()):6.2f} ms")
    print(f"the match alone                 {p95(match):6.2f} ms   (goal: at most 6)")
    print(f"the whole action, recorded      {p95(act):6.2f} ms")
    whole_request = p95(ask, 60)
    module = type("urls", (), {"urlpatterns": [path("empty/", empty)]})
    with override_settings(ROOT_URLCONF=module):
        bare = p95(lambda _n: Client().get("/empty/"), 60)
    print(f"the whole request               {whole_request:6.2f} ms")
    print(f"an empty view                   {bare:6.2f} ms   ratio {whole_request / bare:.1f}")


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
