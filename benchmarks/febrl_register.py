"""FEBRL 4 brought in as a register, and its duplicates asked for, as an officer's check would.

The clean half goes through ``plan_list`` and ``import_list``: sealed, planned, numbered. The spoilt
half is asked through the register's own search, which shows only *strong* and *possible*. The
package refuses birth dates that would make a person older than 110; FEBRL has some, and those
people go in without a date.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from hashlib import sha256

from benchmarks import febrl
from benchmarks.importing import as_list

FIRST = 5
SEED, ASKED = 77_003, 1_000
EARLIEST = date(1917, 1, 1)


def main() -> None:
    from django.db import transaction
    from django.utils import timezone

    from benchmarks.site import council
    from cautionary_plugin.actions.legacy import Fate, import_list, plan_list, read_list
    from cautionary_plugin.lookup import register
    from cautionary_plugin.models import Entry

    council()
    people = [
        (key, replace(facts, born_on=None) if facts.born_on and facts.born_on < EARLIEST else facts)
        for key, facts in febrl.entries()
    ]
    content = as_list(people)
    with transaction.atomic():
        now = timezone.now()
        plan = plan_list(read_list(content), register=council().register, at=now)
        digest = sha256(content).hexdigest()
        import_list(plan=plan, digest=digest, by=council().owner, at=now)
        print(f"\n== FEBRL 4 as a register: {plan.counts[Fate.ENTERED]:,} entered", end="")
        print(f", {plan.counts[Fate.HELD]} held, {plan.counts[Fate.REFUSED]} refused")
        keys = {
            entry.pk: entry.case_file.person.identity.identifiers[0].removeprefix("key ")
            for entry in Entry.objects.select_related("case_file__person")
        }
        asked: Counter[str] = Counter()
        shown: defaultdict[str, int] = defaultdict(int)
        for trial in febrl.trials(SEED, ASKED):
            asked[trial.kind] += 1
            found = register.search(trial.question, limit=FIRST, visible=set)
            shown[trial.kind] += trial.key in [keys[match.key] for match in found.matches]
        for kind, count in asked.items():
            print(f"{kind:15} shown in the first five: {shown[kind] / count:.3f} of {count:,}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
