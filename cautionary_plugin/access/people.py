"""Colleagues: how an account is found and what it is called, whatever the host's user model."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cautionary_plugin.rules import systems


def find_colleague(words: str) -> Any | None:
    """The active account with exactly this user name, else with this e-mail address; else None.

    Exact on purpose: a search that suggests would list the staff. A user name goes before an
    address, which people may change themselves; of twins neither is found.
    """
    model = get_user_model()
    wanted = words.strip()
    email = model.get_email_field_name()
    lookups = [model.USERNAME_FIELD, f"{model.USERNAME_FIELD}__iexact"]
    lookups += [f"{email}__iexact"] if _has_field(model, email) else []
    for lookup in lookups if wanted else []:
        found = list(model._default_manager.filter(**{lookup: wanted}, is_active=True)[:2])
        if found:
            return found[0] if len(found) == 1 else None
    return None


def active_people(keys: Iterable[str]) -> list[Any]:
    """The active accounts with these primary keys, as text; what is no key finds nobody."""
    model = get_user_model()
    wanted = []
    for key in keys:
        with suppress(ValidationError):
            wanted.append(model._meta.pk.to_python(key))
    return list(model._default_manager.filter(pk__in=wanted, is_active=True).order_by("pk"))


def people_by_key(keys: Iterable[str]) -> dict[str, Any]:
    """The accounts with these primary keys, as text, whether active or not."""
    model = get_user_model()
    wanted = []
    for key in keys:
        with suppress(ValidationError):
            wanted.append(model._meta.pk.to_python(key))
    return {str(each.pk): each for each in model._default_manager.filter(pk__in=wanted)}


def who_in_words(key: str, user: Any) -> str:
    """Whose a line of the access record is, by its key and, if it is still there, the account."""
    if key.startswith(systems.KEY):
        return _("System %(name)s") % {"name": key.removeprefix(systems.KEY)}
    return name_of(user) or (key and f"#{key}") or _("Console")


def surname_of(user: Any) -> str:
    """The surname of a colleague, where the account tells one."""
    full_name = getattr(user, "get_full_name", str)().split()
    return getattr(user, "last_name", "") or (full_name[-1] if full_name else "")


def name_of(user: Any) -> str:
    """The name of a colleague for the screen, with the user name: full names can be alike."""
    if user is None:
        return ""
    full_name = getattr(user, "get_full_name", str)()
    return f"{full_name} ({user.get_username()})" if full_name else user.get_username()


def signature_of(user: Any) -> str:
    """The name under a letter: the full name where the account has one."""
    return getattr(user, "get_full_name", str)() or user.get_username()


def _has_field(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())
