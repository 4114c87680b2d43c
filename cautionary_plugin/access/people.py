"""Colleagues: how an account is found and what it is called, whatever the host's user model."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q


def find_colleague(words: str) -> Any | None:
    """The active account with exactly this user name or e-mail address; else None.

    Exact on purpose: a search that suggests would list the staff.
    """
    model = get_user_model()
    wanted = words.strip()
    email = model.get_email_field_name()
    fields = {model.USERNAME_FIELD, *([email] if _has_field(model, email) else [])}
    query = Q()
    for field in fields:
        query |= Q(**{f"{field}__iexact": wanted})
    found = list(model._default_manager.filter(query, is_active=True)[:2]) if wanted else []
    return found[0] if len(found) == 1 else None


def name_of(user: Any) -> str:
    """The name of a colleague for the screen: the full name, else the user name."""
    if user is None:
        return ""
    full_name = getattr(user, "get_full_name", str)()
    return full_name or user.get_username()


def _has_field(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())
