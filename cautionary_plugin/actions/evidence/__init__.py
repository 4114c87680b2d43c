"""Evidence: added to a report, removed from it, opened by those who decide (A9)."""

from .keeping import add_evidence, drop_objects, remove_evidence
from .opening import OPENERS, name_of_download, open_evidence
from .reconciling import compare_evidence, reconcile_evidence

__all__ = [
    "OPENERS",
    "add_evidence",
    "compare_evidence",
    "drop_objects",
    "name_of_download",
    "open_evidence",
    "reconcile_evidence",
    "remove_evidence",
]
