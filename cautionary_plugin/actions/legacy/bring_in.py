"""Make entries of a planned list, all or none, and take the declaration about the old one (A39)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.go_live import check_go_live
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.actions.tallies import count_added
from cautionary_plugin.models import (
    AudienceMember,
    CaseFile,
    Entry,
    LegacyImport,
    Person,
    Premises,
    Service,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.identity import PersonIdentity
from cautionary_plugin.rules.legacy import Listed
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act

from .plan import Fate, Plan, Progress, RowFate, no_progress

BATCH = 1000


@action
def import_list(
    *, plan: Plan, digest: str, by: Any, at: datetime, progress: Progress = no_progress
) -> LegacyImport:
    """Bring in the rows of a plan that are fit; the refused stay outside and are counted.

    Either the whole plan is written or nothing of it.

    :param digest: SHA-256 of the file, in hexadecimal: the same list is brought in once.
    :param progress: told the rows done and the rows in all.
    :raises NotYourPost: ``by`` may not import into this register.
    :raises AlreadyDone: the same file was brought in before.
    :raises NotReady: the register may not have its first entry yet (L9).
    :raises BadInput: no row is fit.
    """
    register = plan.register
    standing_of(by, at=at).check_power(Power.IMPORT, register)
    check_go_live(register, at=at)
    fit = [each for each in plan.fates if each.fate is not Fate.REFUSED]
    if not fit:
        raise BadInput({"file": ["No row can be brought in."]})
    if LegacyImport.objects.filter(register=register, digest=digest).exists():
        raise AlreadyDone("This very file was brought in before.")
    done = LegacyImport.objects.create(
        register=register,
        digest=digest,
        imported_by=by,
        imported_at=at,
        entered=plan.counts[Fate.ENTERED],
        held=plan.counts[Fate.HELD],
        refused=plan.counts[Fate.REFUSED],
    )
    # References first, the number of the change last, as for any entry: both lock a row.
    files = iter(take_references(Prefix.CASE_FILE, len(fit), at=at))
    references = iter(take_references(register.prefix, len(fit), at=at))
    batch = _Batch(done, by, at, files, references, advance(added=done.entered))
    _write(fit, batch, progress)
    rows = [each.listed for each in fit if each.listed]
    count_added(register, ((row.kind, row.risk, row.born_on) for row in rows), at=at)
    record(act=Act.IMPORTED, by=by, at=at, register=register)
    return done


@action
def declare_destroyed(*, legacy_import: LegacyImport, by: Any, at: datetime) -> LegacyImport:
    """Declare that the old list is destroyed, in every copy: this is the only mechanism (A39).

    :raises NotYourPost: ``by`` is neither the owner of the register nor the deputy.
    :raises AlreadyDone: declared before.
    """
    legacy_import = lock(legacy_import)
    standing_of(by, at=at).check_power(Power.DECLARE_DESTROYED, legacy_import.register)
    if legacy_import.declared_at:
        raise AlreadyDone("The declaration was signed before.")
    legacy_import.declared_at, legacy_import.declared_by = at, by
    legacy_import.save(update_fields=["declared_at", "declared_by"])
    record(act=Act.DECLARED, by=by, at=at, register=legacy_import.register)
    return legacy_import


def _write(fit: list[RowFate], batch: "_Batch", progress: Progress) -> None:
    for start in range(0, len(fit), BATCH):
        listed = [each.listed for each in fit[start : start + BATCH] if each.listed]
        batch.write(listed)
        progress(min(start + BATCH, len(fit)), len(fit))


@dataclass
class _Batch:
    """Writes so many rows with five statements."""

    legacy_import: LegacyImport
    by: Any
    at: datetime
    files: Iterator[str]
    references: Iterator[str]
    changed: int

    def __post_init__(self) -> None:
        services = list(Service.objects.all())
        self.services = {
            name.casefold(): each for each in services for name in (each.slug, each.name)
        }

    def write(self, rows: list[Listed]) -> None:
        case_files = [
            CaseFile(reference=next(self.files), kind=row.kind, opened_at=self.at) for row in rows
        ]
        pairs = list(zip(rows, case_files, strict=True))
        made = [self._entry(row, case_file, next(self.references)) for row, case_file in pairs]
        CaseFile.objects.bulk_create(case_files)
        Person.objects.bulk_create(
            Person(case_file=case_file, identity_sealed=row.identity.to_json(), born_on=row.born_on)
            for row, case_file in pairs
            if isinstance(row.identity, PersonIdentity)
        )
        Premises.objects.bulk_create(
            Premises(case_file=case_file, identity_sealed=row.identity.to_json())
            for row, case_file in pairs
            if not isinstance(row.identity, PersonIdentity)
        )
        Entry.objects.bulk_create(made)
        AudienceMember.objects.bulk_create(
            AudienceMember(entry=entry, service=service)
            for row, entry in zip(rows, made, strict=True)
            for service in self._audience(row)
        )

    def _entry(self, row: Listed, case_file: CaseFile, reference: str) -> Entry:
        return Entry(
            reference=reference,
            case_file=case_file,
            register=self.legacy_import.register,
            state=EntryState.HELD if row.held else EntryState.LIVE,
            risk=row.risk,
            legal_condition=row.legal_condition,
            fact_on=row.fact_on,
            starts_at=self.at,
            expires_at=timezone.make_aware(datetime.combine(row.ends_on, time.min)),
            made_by=self.by,
            made_at=self.at,
            changed=self.changed,
            legacy_import=self.legacy_import,
            handling=row.handling,
            markers=[each.value for each in row.markers],
            control_measures=[each.value for each in row.control_measures],
            restrictions=[each.value for each in row.restrictions],
            permitted_contact=row.permitted_contact,
            spoc=row.spoc,
            basis=row.basis,
        )

    def _audience(self, row: Listed) -> set[Service]:
        return {self.services[name.casefold()] for name in row.services}
