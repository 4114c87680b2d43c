"""What is remembered: one module per aggregate; facts and constraints, no workflow."""

from .access import AccessRecord, EmergencyAccess, ReadingGrant
from .appeals import Appeal, Complaint, Hearer
from .briefings import Briefing
from .correspondence import MailKind, OutboxMessage, StaffBulletin
from .decisions import Decision
from .entries import Acknowledgement, AudienceMember, Correction, Entry
from .erasure import DeletionCertificate, LegalHold
from .evidence import Evidence
from .figures import Tally
from .incidents import Countersignature, IncidentReport, Statement
from .legacy import LegacyImport, LegacyUpload
from .letters import Letter, LetterWording, NotificationExemption
from .lookup_state import LookupState
from .posts import Appointment, Post
from .registers import ClosureDay, PolicyLink, ReferenceSequence, Register, Service
from .reviews import QuarterlyCheck, Review
from .second_factor import Authenticator, EnrolmentCode, RecoveryCode, RecoverySheet
from .subjects import CaseFile, Person, Premises

__all__ = [
    "AccessRecord",
    "Acknowledgement",
    "Appeal",
    "Appointment",
    "AudienceMember",
    "Authenticator",
    "Briefing",
    "CaseFile",
    "ClosureDay",
    "Complaint",
    "Correction",
    "Countersignature",
    "Decision",
    "DeletionCertificate",
    "EmergencyAccess",
    "EnrolmentCode",
    "Entry",
    "Evidence",
    "Hearer",
    "IncidentReport",
    "LegacyImport",
    "LegacyUpload",
    "LegalHold",
    "Letter",
    "LetterWording",
    "LookupState",
    "MailKind",
    "NotificationExemption",
    "OutboxMessage",
    "Person",
    "PolicyLink",
    "Post",
    "Premises",
    "QuarterlyCheck",
    "ReadingGrant",
    "RecoveryCode",
    "RecoverySheet",
    "ReferenceSequence",
    "Register",
    "Review",
    "Service",
    "StaffBulletin",
    "Statement",
    "Tally",
]
