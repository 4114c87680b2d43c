"""In which order rows are locked: the entry, its file, the arrangement, the divert."""

from cautionary_plugin.actions.base import lock
from cautionary_plugin.models import CaseFile, EmailDivert, Entry, SinglePointOfContact


def lock_file(case_file: CaseFile) -> CaseFile:
    """The customer's file, which is the one that others were joined to; held."""
    return lock(case_file.joined_to or case_file)


def lock_arrangement(arrangement: SinglePointOfContact) -> SinglePointOfContact:
    """The arrangement as it is now, with its entry and its file held before it."""
    if arrangement.entry_id:
        lock(Entry(pk=arrangement.entry_id))
    lock(CaseFile(pk=arrangement.case_file_id))
    return lock(arrangement)


def lock_divert(divert: EmailDivert) -> EmailDivert:
    """The divert as it is now, with its arrangement and what comes before that held."""
    lock_arrangement(divert.arrangement)
    return lock(divert)
