"""Find a colleague by what one knows exactly: the sign-in name or the e-mail address."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models, router
from django.db.models import Q

from cautionary_plugin.rules.errors import BadInput


def colleague(words: str, *, field: str = "person") -> Any:
    """The one active account with this sign-in name or e-mail address, whatever the case.

    :raises BadInput: under ``field``: nobody, or more than one.
    """
    people = get_user_model()._default_manager.using(router.db_for_write(get_user_model()))
    found = list(people.filter(_called(words.strip()), is_active=True)[:2])
    if not found:
        raise BadInput({field: ["Nobody has this sign-in name or e-mail address."]})
    if len(found) > 1:
        raise BadInput({field: ["Several people have it. Ask for the sign-in name instead."]})
    return found[0]


def _called(words: str) -> Q:
    names = {get_user_model().USERNAME_FIELD, get_user_model().get_email_field_name()}
    queries = [Q(**{f"{name}__iexact": words}) for name in names if _is_text(name)]
    return Q(*queries, _connector=Q.OR) if words else Q(pk__in=[])


def _is_text(name: str) -> bool:
    try:
        field = get_user_model()._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return isinstance(field, models.CharField)
