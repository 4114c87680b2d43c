"""What is remembered: one module per aggregate; facts and constraints, no workflow."""

from .access import AccessRecord, EmergencyAccess, ReadingGrant
from .access_chain import AccessAnchor, AccessChain
from .access_requests import AccessRequest, PackLine
from .appeals import Appeal, Complaint, Hearer
from .briefings import Briefing
from .contact import CouncillorAnswer, EmailDivert, SinglePointOfContact
from .correspondence import MailKind, OutboxMessage, StaffBulletin
from .decisions import Decision
from .entries import Acknowledgement, AudienceMember, Correction, Entry
from .erasure import DeletionCertificate, LegalHold
from .evidence import Evidence
from .figures import Tally
from .following import (
    CourtSupport,
    FollowUpAction,
    Questionnaire,
    SpecialistReferral,
)
from .governance import GoLiveItem
from .incidents import Countersignature, IncidentReport, Statement
from .legacy import LegacyImport, LegacyUpload
from .letters import Letter, LetterWording, NotificationExemption
from .lookup_state import LookupState
from .panel import AgendaItem, Attendee, ConflictDeclaration, Meeting, PanelCase
from .panel_decisions import (
    Consultation,
    DirectorReferral,
    Motion,
    PanelDecision,
    UrgentAddition,
    Vote,
)
from .partners import (
    Partner,
    PartnerCertificate,
    PartnerContact,
    PartnerSite,
    SharingAgreement,
    Site,
)
from .posts import Appointment, Post
from .publishing import ConfirmedReading, PageVersion
from .registers import ClosureDay, PolicyLink, ReferenceSequence, Register, Service
from .reviews import QuarterlyCheck, Review
from .second_factor import Authenticator, EnrolmentCode, RecoveryCode, RecoverySheet
from .sharing import (
    AudienceReason,
    Disclosure,
    EntrySite,
    PartnerMail,
    WithdrawalNotice,
)
from .starters import StaffReminder, StarterConfirmation
from .subjects import CaseFile, Person, Premises
from .systems import NamedSystem
from .training import Attendance, BriefingSession
from .trust import RevocationList, TrustedAuthority
from .usage import UsageReview

__all__ = [
    "AccessAnchor",
    "AccessChain",
    "AccessRecord",
    "AccessRequest",
    "Acknowledgement",
    "AgendaItem",
    "Appeal",
    "Appointment",
    "Attendance",
    "Attendee",
    "AudienceMember",
    "AudienceReason",
    "Authenticator",
    "Briefing",
    "BriefingSession",
    "CaseFile",
    "ClosureDay",
    "Complaint",
    "ConfirmedReading",
    "ConflictDeclaration",
    "Consultation",
    "Correction",
    "CouncillorAnswer",
    "Countersignature",
    "CourtSupport",
    "Decision",
    "DeletionCertificate",
    "DirectorReferral",
    "Disclosure",
    "EmailDivert",
    "EmergencyAccess",
    "EnrolmentCode",
    "Entry",
    "EntrySite",
    "Evidence",
    "FollowUpAction",
    "GoLiveItem",
    "Hearer",
    "IncidentReport",
    "LegacyImport",
    "LegacyUpload",
    "LegalHold",
    "Letter",
    "LetterWording",
    "LookupState",
    "MailKind",
    "Meeting",
    "Motion",
    "NamedSystem",
    "NotificationExemption",
    "OutboxMessage",
    "PackLine",
    "PageVersion",
    "PanelCase",
    "PanelDecision",
    "Partner",
    "PartnerCertificate",
    "PartnerContact",
    "PartnerMail",
    "PartnerSite",
    "Person",
    "PolicyLink",
    "Post",
    "Premises",
    "QuarterlyCheck",
    "Questionnaire",
    "ReadingGrant",
    "RecoveryCode",
    "RecoverySheet",
    "ReferenceSequence",
    "Register",
    "Review",
    "RevocationList",
    "Service",
    "SharingAgreement",
    "SinglePointOfContact",
    "Site",
    "SpecialistReferral",
    "StaffBulletin",
    "StaffReminder",
    "StarterConfirmation",
    "Statement",
    "Tally",
    "TrustedAuthority",
    "UrgentAddition",
    "UsageReview",
    "Vote",
    "WithdrawalNotice",
]
