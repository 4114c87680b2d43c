"""One row of everything of the panel's that can hang on a case file, each sealed field filled."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.models import (
    AgendaItem,
    Attendee,
    ConflictDeclaration,
    Consultation,
    CouncillorAnswer,
    CourtSupport,
    DirectorReferral,
    EmailDivert,
    Entry,
    FollowUpAction,
    IncidentReport,
    Letter,
    MailKind,
    Meeting,
    Motion,
    OutboxMessage,
    PanelCase,
    PanelDecision,
    Post,
    Questionnaire,
    SinglePointOfContact,
    SpecialistReferral,
    UrgentAddition,
    Vote,
)
from cautionary_plugin.rules.states import CaseState, DivertState, ItemState, MeetingState
from tests.council import Council


def whole_panel(
    council: Council,
    entry: Entry,
    report: IncidentReport,
    letter: Letter,
    secrets: Any,
    *,
    at: datetime,
) -> PanelCase:
    """A case that was decided long ago, with its meeting, its votes and all that followed."""
    file, owner, day = entry.case_file, council.owner, timezone.localdate(at)
    on_file = {"case_file": file}
    meeting = Meeting.objects.create(
        reference=f"UBM-{report.reference}",
        register=council.register,
        state=MeetingState.CLOSED,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        mode="online",
        called_at=at,
    )
    case = PanelCase.objects.create(
        reference=f"UBC-{report.reference}",
        register=council.register,
        kind="referral",
        state=CaseState.DECIDED,
        report=report,
        entry=entry,
        risk="high",
        referred_at=at,
        settled_at=at,
        **on_file,
        **secrets(PanelCase),
    )
    post, _made = Post.objects.get_or_create(kind="panel_member", title="Panel member")
    Attendee.objects.create(meeting=meeting, user=owner, capacity="presenter", case=case)
    ConflictDeclaration.objects.create(
        case=case, declared_at=at, **on_file, **secrets(ConflictDeclaration)
    )
    item = AgendaItem.objects.create(
        meeting=meeting,
        case=case,
        position=1,
        state=ItemState.DECIDED,
        listed_at=at,
        **on_file,
        **secrets(AgendaItem),
    )
    Consultation.objects.create(item=item, system="mosaic", relevant=True, consulted_at=at)
    motion = Motion.objects.create(
        item=item, number=1, outcome="entry", put_at=at, **on_file, **secrets(Motion)
    )
    Vote.objects.create(motion=motion, post=post, user=owner, choice="for", cast_at=at)
    decision = PanelDecision.objects.create(
        case=case,
        item=item,
        motion=motion,
        entry=entry,
        outcome="entry",
        carried=True,
        recorded_at=at,
        **on_file,
        **secrets(PanelDecision),
    )
    UrgentAddition.objects.create(
        entry=entry, case=case, added_at=at, **on_file, **secrets(UrgentAddition)
    )
    DirectorReferral.objects.create(
        decision=decision,
        register=council.register,
        raised_at=at,
        **on_file,
        **secrets(DirectorReferral),
    )
    _what_is_arranged(council, case, secrets, at=at)
    questionnaire = Questionnaire.objects.create(letter=letter, **on_file, **secrets(Questionnaire))
    SpecialistReferral.objects.create(
        questionnaire=questionnaire,
        case=case,
        register=council.register,
        referred_at=at,
        due_on=day,
        **on_file,
        **secrets(SpecialistReferral),
    )
    FollowUpAction.objects.create(
        case=case, due_on=day, noted_at=at, **on_file, **secrets(FollowUpAction)
    )
    CourtSupport.objects.create(
        case=case, hearing_on=day, told_at=at, **on_file, **secrets(CourtSupport)
    )
    OutboxMessage.objects.create(
        kind=MailKind.REFERRED, to=owner, reference=case.reference, queued_at=at, sent_at=at
    )
    return case


def _what_is_arranged(council: Council, case: PanelCase, secrets: Any, *, at: datetime) -> None:
    day, on_file = timezone.localdate(at), {"case_file": case.case_file}
    arrangement = SinglePointOfContact.objects.create(
        register=council.register,
        entry=case.entry,
        case=case,
        officer=council.owner,
        allocation="service",
        suggested="service",
        starts_on=day,
        arranged_at=at,
        **on_file,
        **secrets(SinglePointOfContact),
    )
    divert = EmailDivert.objects.create(
        reference=f"DIV-{case.reference}",
        arrangement=arrangement,
        state=DivertState.PREPARED,
        prepared_at=at,
        **on_file,
        **secrets(EmailDivert),
    )
    CouncillorAnswer.objects.create(
        divert=divert, asked_on=day, **on_file, **secrets(CouncillorAnswer)
    )
    OutboxMessage.objects.create(
        kind=MailKind.DIVERT, reference=divert.reference, queued_at=at, sent_at=at
    )
