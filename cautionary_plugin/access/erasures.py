"""Does the database know of everything that was erased? Asked on each request (L7).

A restored backup holds files that were erased since it was made. Until ``cautionary_restore`` has
erased them again, the register serves nobody.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from cautionary_plugin.models import DeletionCertificate
from cautionary_plugin.rules.errors import ErasuresUnknown
from cautionary_plugin.sealing.journal import Line, get_journal
from cautionary_plugin.sealing.keyring_file import Stamp

SECONDS = 5.0

_fine: tuple[Path, Stamp, float] | None = None


def check_erasures(*, clock: Callable[[], float] = monotonic) -> None:
    """The certificate of the journal's last line is in the database.

    Numbers have no gap, so then all the others are there too. That all is well is believed for
    five seconds, or until the journal changes; that it is not, is looked at each time.

    :raises ErasuresUnknown: it is not there, or the journal cannot be read.
    """
    global _fine
    journal = get_journal()
    stamp, now = journal.stamp(), clock()
    if stamp is None:
        return
    known = _fine
    if known and known[:2] == (journal.path, stamp) and now < known[2] + SECONDS:
        return
    check_erasures_now()
    _fine = journal.path, stamp, now


def check_erasures_now() -> None:
    """As :func:`check_erasures`, whatever was found a moment ago."""
    line = get_journal().last()
    if line and not _is_certified(line):
        raise ErasuresUnknown(
            "The database is older than the journal of what was erased, as after restoring a "
            "backup: run cautionary_restore."
        )


def _is_certified(line: Line) -> bool:
    return DeletionCertificate.objects.filter(number=line.number, file_id=line.file).exists()
