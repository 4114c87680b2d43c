"""What the access record costs: per view, in the same run without it; and walking its chain.

Requests go through the test client and commit, since a line gets its place after the commit.
"""

import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from unittest.mock import patch

LINES = 100_000
VIEWS = 200


def times_of(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median milliseconds of each, taken in turn, so that a busy moment hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _number in range(VIEWS):
        for name, act in acts.items():
            start = time.perf_counter()
            act()
            taken[name].append((time.perf_counter() - start) * 1000)
    return {name: median(each) for name, each in taken.items()}


def main() -> None:
    from django.urls import reverse
    from django.utils import timezone

    from benchmarks.importing import legacy_list, whole
    from benchmarks.site import council
    from cautionary_plugin.access.chain import verify
    from cautionary_plugin.actions import access
    from cautionary_plugin.actions.access_chain import link_lines
    from cautionary_plugin.models import AccessRecord, Entry
    from cautionary_plugin.rules.vocabulary import Act
    from tests.council import make_reader, through_the_door

    if not Entry.objects.exists():
        whole(legacy_list(100))
    reader = make_reader(council(), "recorded")
    browser = through_the_door(reader)
    entry = Entry.objects.live_at(timezone.now()).earliest("pk")
    url = reverse("cautionary:entry", args=[entry.reference])
    browser.post(url, {"purpose": "home_visit"})
    link_lines()

    def view() -> None:
        if browser.get(url).status_code != 200:
            raise RuntimeError("The entry was not shown.")

    def without_a_record() -> None:
        with (
            patch.object(AccessRecord.objects, "create"),
            patch.object(access, "link_when_committed"),
        ):
            view()

    def without_a_chain() -> None:
        with patch.object(access, "link_when_committed"):
            view()

    view()
    found = times_of({"without": without_a_record, "line": without_a_chain, "chained": view})
    bare = found["without"]
    print(f"\n== One view of an entry (median of {VIEWS})")
    print(f"without the access record       {bare:6.2f} ms")
    print(
        f"with its line                   {found['line']:6.2f} ms   ({found['line'] / bare:.2f} ×)"
    )
    print(
        f"with its line in the chain      {found['chained']:6.2f} ms   "
        f"({found['chained'] / bare:.2f} ×)"
    )

    at = timezone.now()
    lines = (
        AccessRecord(at=at, user=reader, user_key=str(reader.pk), act=Act.VIEWED, reference="X")
        for _number in range(LINES)
    )
    AccessRecord.objects.bulk_create(lines, batch_size=5000)
    start = time.perf_counter()
    linked = link_lines()
    print(f"\n== The chain at {AccessRecord.objects.count():,} lines")
    print(f"linking {linked:,} at once     {time.perf_counter() - start:6.2f} s")
    start = time.perf_counter()
    verify()
    print(f"walking it                      {time.perf_counter() - start:6.2f} s")
    tracemalloc.start()
    verify()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"memory of the walk, at most     {peak / 1e6:6.1f} MB")


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
