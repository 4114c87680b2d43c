"""What is remembered: one module per aggregate; facts and constraints, no workflow."""

from .access import AccessRecord, EmergencyAccess, ReadingGrant
from .briefings import Briefing
from .correspondence import MailKind, OutboxMessage
from .entries import Acknowledgement, AudienceMember, Entry
from .legacy import LegacyImport, LegacyUpload
from .lookup_state import LookupState
from .posts import Appointment, Post
from .registers import ReferenceSequence, Register, Service
from .second_factor import Authenticator, EnrolmentCode, RecoveryCode, RecoverySheet
from .subjects import CaseFile, Person, Premises

__all__ = [
    "AccessRecord",
    "Acknowledgement",
    "Appointment",
    "AudienceMember",
    "Authenticator",
    "Briefing",
    "CaseFile",
    "EmergencyAccess",
    "EnrolmentCode",
    "Entry",
    "LegacyImport",
    "LegacyUpload",
    "LookupState",
    "MailKind",
    "OutboxMessage",
    "Person",
    "Post",
    "Premises",
    "ReadingGrant",
    "RecoveryCode",
    "RecoverySheet",
    "ReferenceSequence",
    "Register",
    "Service",
]
