"""Every list screen at 10, 1,000 and 10,000 rows: the number of queries must not grow."""

from collections.abc import Callable

SIZES = (10, 1_000, 10_000)
SCREENS = {
    "register": "cautionary_register_modeladmin_index",
    "access record": "cautionary_access-record_modeladmin_index",
    "people": "cautionary:people",
}


def main() -> None:
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from django.utils import timezone

    from benchmarks.importing import legacy_list, whole
    from benchmarks.site import council
    from cautionary_plugin.models import AccessRecord, ReadingGrant
    from tests.council import let_into_wagtail, through_the_door

    def records(rows: int) -> None:
        now = timezone.now()
        lines = (AccessRecord(at=now, act="checked", user=council().owner) for _ in range(rows))
        AccessRecord.objects.bulk_create(lines)

    def grants(rows: int) -> None:
        model = get_user_model()
        users = model.objects.bulk_create(model(username=f"reader{n}") for n in range(rows))
        now = timezone.now()
        day = timezone.localdate(now)
        facts = {"register": council().register, "service": council().housing, "starts_on": day}
        dates = {"ends_on": day.replace(year=day.year + 1), "requested_at": now}
        ReadingGrant.objects.bulk_create(
            ReadingGrant(user=user, approved_at=now, job_basis="Visits", **facts, **dates)
            for user in users
        )

    fill: dict[str, Callable[[int], object]] = {
        "register": lambda rows: whole(legacy_list(rows)),
        "access record": records,
        "people": grants,
    }
    let_into_wagtail(council().owner)
    browser = through_the_door(council().owner)
    print("\n== Queries of the list screens")
    for screen, name in SCREENS.items():
        counted = []
        for rows in SIZES:
            with transaction.atomic():
                fill[screen](rows)
                browser.get(reverse(name))
                with CaptureQueriesContext(connection) as queries:
                    browser.get(reverse(name))
                counted.append(len(queries))
                transaction.set_rollback(True)
        told = ", ".join(f"{n} at {rows:,}" for n, rows in zip(counted, SIZES, strict=True))
        print(f"{screen:15} {told}   {'constant' if len(set(counted)) == 1 else 'GROWS'}")


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
