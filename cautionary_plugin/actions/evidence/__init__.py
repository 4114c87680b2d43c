"""Evidence: added to a report, removed from it, opened by those who decide (A9)."""

from .keeping import add_evidence, remove_evidence
from .opening import OPENERS, name_of_download, open_evidence

__all__ = ["OPENERS", "add_evidence", "name_of_download", "open_evidence", "remove_evidence"]
