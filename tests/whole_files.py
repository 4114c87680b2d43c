"""Case files with one row of everything that can hang on one, each sealed field filled."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.models import (
    AccessRequest,
    Acknowledgement,
    Appeal,
    AudienceMember,
    AudienceReason,
    CaseFile,
    Complaint,
    Correction,
    Countersignature,
    Decision,
    Disclosure,
    Entry,
    EntrySite,
    Evidence,
    Hearer,
    IncidentReport,
    Letter,
    MailKind,
    NotificationExemption,
    OutboxMessage,
    PackLine,
    Partner,
    PartnerMail,
    Person,
    Review,
    Site,
    StaffBulletin,
    Statement,
)
from cautionary_plugin.rules.identity import PersonIdentity
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import AppealState, EntryState, ReportState, RequestState
from cautionary_plugin.rules.vocabulary import DecisionOutcome, WhyEnded
from cautionary_plugin.sealing import objects
from cautionary_plugin.sealing.fields import SealedJSONField
from cautionary_plugin.sealing.sealed_field import SealedField
from tests.council import Council
from tests.whole_panel import whole_panel

WORD = "Persimmonwhistle"


def secrets(model: Any, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """A planted text for each sealed field of a model, with the field's own name in it."""
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, SealedField) and field.name not in (*but, "born_on"):
            text = f"{WORD} of {model.__name__} {field.name}"
            found[field.name] = [text] if isinstance(field, SealedJSONField) else text
    return found


def open_file(at: datetime) -> CaseFile:
    (reference,) = take_references(Prefix.CASE_FILE, 1, at=at)
    return CaseFile.objects.create(reference=reference, kind="person", opened_at=at)


def report_on(council: Council, file: CaseFile, *, at: datetime, **facts: Any) -> IncidentReport:
    (reference,) = take_references("INC", 1, at=at)
    told = {
        "state": ReportState.DECIDED,
        "occurred_on": timezone.localdate(at),
        "submitted_at": at,
        "reporter": council.owner,
    }
    return IncidentReport.objects.create(
        reference=reference,
        case_file=file,
        register=council.register,
        started_at=at,
        changed_at=at,
        **secrets(IncidentReport),
        **{**told, **facts},
    )


def decision_on(report: IncidentReport, outcome: str, *, at: datetime, **facts: Any) -> Decision:
    return Decision.objects.create(
        case_file=report.case_file,
        report=report,
        outcome=outcome,
        decided_at=at,
        **secrets(Decision),
        **facts,
    )


def entry_on(
    council: Council, file: CaseFile, *, at: datetime, expires_at: datetime, **facts: Any
) -> Entry:
    """Live, unless told otherwise; the lookup knows of it."""
    state = facts.pop("state", EntryState.LIVE)
    (reference,) = take_references(council.register.prefix, 1, at=at)
    return Entry.objects.create(
        reference=reference,
        case_file=file,
        register=council.register,
        state=state,
        risk="high",
        legal_condition="public_task",
        fact_on=timezone.localdate(at),
        starts_at=at,
        expires_at=expires_at,
        made_at=at,
        changed=advance(added=int(state == EntryState.LIVE)),
        markers=["threats"],
        control_measures=["phone_first"],
        restrictions=["libraries"],
        **secrets(Entry, but=("markers", "control_measures", "restrictions")),
        **facts,
    )


def evidence_on(file: CaseFile, content: bytes, *, at: datetime) -> Evidence:
    name = objects.random_name()
    evidence = Evidence(
        case_file=file,
        object_name=name,
        kind="text/plain",
        size=len(content),
        added_at=at,
        **secrets(Evidence),
    )
    objects.put(file.file_key, BytesIO(content), name=name, owner=evidence.pk)
    evidence.save()
    return evidence


def person_on(file: CaseFile) -> Person:
    identity = PersonIdentity(names=(f"{WORD} of Person",), phones=("01632 960871",))
    return Person.objects.create(case_file=file, identity_sealed=identity.to_json())


def whole_file(council: Council, *, at: datetime, expires_at: datetime) -> Entry:
    """An entry with all that can hang on its file; nothing of it is over before ``expires_at``."""
    file = open_file(at)
    person_on(file)
    report = report_on(council, file, at=at)
    entry = entry_on(council, file, at=at, expires_at=expires_at)
    decision_on(report, DecisionOutcome.ADD, at=at, entry=entry)
    evidence_on(file, f"{WORD} of evidence bytes".encode() * 100, at=at)
    day, owner = timezone.localdate(at), council.owner
    Countersignature.objects.create(
        report=report, outcome="confirmed", at=at, **secrets(Countersignature)
    )
    appeal = Appeal.objects.create(
        reference=f"APL-{report.reference}",
        case_file=file,
        entry=entry,
        state=AppealState.LODGED,
        lodged_on=day,
        decide_by=day,
        recorded_at=at,
        **secrets(Appeal),
    )
    Hearer.objects.create(appeal=appeal, user=owner, named_at=at)
    for about in ({"report": report}, {"appeal": appeal}):
        Statement.objects.create(
            case_file=file,
            employee=owner,
            invited_at=at,
            due_on=day,
            **secrets(Statement),
            **about,
        )
    review = Review.objects.create(case_file=file, entry=entry, opened_at=at, **secrets(Review))
    Complaint.objects.create(
        reference=f"CMP-{report.reference}",
        case_file=file,
        register=council.register,
        received_on=day,
        acknowledge_by=day,
        recorded_at=at,
        **secrets(Complaint),
    )
    letter = Letter.objects.create(
        case_file=file,
        register=council.register,
        entry=entry,
        appeal=appeal,
        review=review,
        kind="addition",
        queued_at=at,
        due_on=day,
        issued_at=at,
        **secrets(Letter),
    )
    OutboxMessage.objects.create(kind=MailKind.LETTER, letter=letter, queued_at=at, attempts=9000)
    OutboxMessage.objects.create(
        kind=MailKind.BULLETIN,
        to=owner,
        reference=entry.reference,
        queued_at=at,
        sent_at=at,
    )
    AudienceMember.objects.create(entry=entry, service=council.housing)
    _what_is_shared(council, entry, at=at)
    Acknowledgement.objects.create(entry=entry, user=owner, day=day, at=at)
    Correction.objects.create(entry=entry, fact="name", made_at=at, **secrets(Correction))
    NotificationExemption.objects.create(
        entry=entry, decided_at=at, retest_on=day, **secrets(NotificationExemption)
    )
    StaffBulletin.objects.create(entry=entry, due_on=day, queued_at=at, recipients=3)
    _what_was_asked(file, at=at)
    whole_panel(council, entry, report, letter, secrets, at=at)
    return entry


def removed(entry: Entry, *, at: datetime, why: WhyEnded = WhyEnded.ERROR) -> Entry:
    """The entry was ended by somebody."""
    live = entry.state == EntryState.LIVE
    entry.state, entry.why_ended, entry.ended_at = EntryState.ENDED, why, at
    entry.changed = advance(added=-int(live))
    entry.save()
    return entry


def _what_was_asked(file: CaseFile, *, at: datetime) -> None:
    """A subject access request that was answered, so that it keeps nothing from being erased."""
    day = timezone.localdate(at)
    (reference,) = take_references("SAR", 1, at=at)
    request = AccessRequest.objects.create(
        reference=reference,
        case_file=file,
        state=RequestState.RELEASED,
        received_on=day,
        due_on=day + timedelta(days=30),
        holds_until=day + timedelta(days=90),
        recorded_at=at,
        settled_at=at,
        **secrets(AccessRequest),
    )
    PackLine.objects.create(
        request=request, position=1, source="Entry.basis", row="1", **secrets(PackLine)
    )


def _what_is_shared(council: Council, entry: Entry, *, at: datetime) -> None:
    AudienceReason.objects.create(
        entry=entry, service=council.housing, given_at=at, **secrets(AudienceReason)
    )
    site, _made = Site.objects.get_or_create(name="Charrington House")
    EntrySite.objects.create(entry=entry, site=site)
    partner = Partner.objects.create(
        reference=f"PTN-{entry.reference}",
        name="Linden Homes",
        has_contact=True,
        basis="They visit tenants.",
        added_at=at,
    )
    mail = PartnerMail.objects.create(partner=partner, queued_at=at)
    Disclosure.objects.create(
        entry=entry, partner=partner, mail=mail, made_at=at, **secrets(Disclosure)
    )
