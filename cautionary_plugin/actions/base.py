"""What every action shares: one transaction, on the database that is written to."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, router, transaction

from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.errors import AlreadyDone

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


def write_alias() -> str:
    """The alias of the database that the package writes to."""
    return router.db_for_write(AccessRecord)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """A function that does its whole job in one transaction, or nothing of it."""

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(using=write_alias()):
            return function(*args, **kwargs)

    return whole


def durable_action(function: Callable[P, R]) -> Callable[P, R]:
    """An action that is committed when it returns: what follows outside the database relies on it.

    It refuses to run within somebody else's transaction, which might be rolled back.
    """

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(using=write_alias(), durable=True):
            return function(*args, **kwargs)

    return whole


def rehearse(act: Callable[[], R]) -> R:
    """Do something and take all of it back: whether it would be accepted, before it is asked for.

    Raises whatever the act raises; nothing of it is written, and no mail goes out.
    """
    with transaction.atomic(using=write_alias()):
        result = act()
        transaction.set_rollback(True, using=write_alias())
    return result


def lock(instance: M) -> M:
    """The row again, as it is now, held until the transaction ends.

    :raises AlreadyDone: somebody has removed it meanwhile.
    """
    model = type(instance)
    try:
        return model._base_manager.select_for_update().get(pk=instance.pk)
    except ObjectDoesNotExist:
        raise AlreadyDone("It is not there any more: somebody was faster.") from None
