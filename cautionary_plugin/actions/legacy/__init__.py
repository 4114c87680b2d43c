"""Bringing in a legacy list: read the file, plan each row's fate, bring it in as one act (A39)."""

from .bring_in import declare_destroyed, import_list
from .files import read_list
from .plan import Fate, Plan, RowFate, plan_list

__all__ = [
    "Fate",
    "Plan",
    "RowFate",
    "declare_destroyed",
    "import_list",
    "plan_list",
    "read_list",
]
