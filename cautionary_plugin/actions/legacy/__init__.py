"""Bringing in a legacy list: read the file, plan each row's fate, bring it in as one act (A39)."""

from .bring_in import declare_destroyed, import_list
from .files import read_list
from .plan import Fate, Plan, RowFate, dry_run, plan_list
from .uploads import content_of, discard_old_uploads, discard_upload, keep_upload

__all__ = [
    "Fate",
    "Plan",
    "RowFate",
    "content_of",
    "declare_destroyed",
    "discard_old_uploads",
    "discard_upload",
    "dry_run",
    "import_list",
    "keep_upload",
    "plan_list",
    "read_list",
]
