"""Open a register and name the council's services."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from cautionary_plugin.models import Register, Service
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action


@action
def open_register(*, by: Any, at: datetime, **facts: Any) -> Register:
    """Open a register; called at the console, where ``by`` is None.

    :param facts: the fields of :class:`Register`.
    :raises BadInput: a fact is missing, clashes with another register, or cannot be.
    """
    register = Register(**facts)
    _clean(register)
    register.save()
    record(act=Act.SET_UP, by=by, at=at, register=register)
    return register


@action
def name_service(*, slug: str, name: str) -> Service:
    """A service of the council, made when it is first named.

    :raises BadInput: no short name that can stand in a URL, or no name.
    """
    service = Service.objects.filter(slug=slug).first()
    if service is None:
        service = Service(slug=slug, name=name)
        _clean(service)
        service.save()
    return service


def _clean(row: Register | Service) -> None:
    try:
        row.full_clean()
    except ValidationError as problem:
        raise BadInput(problem.message_dict) from problem
