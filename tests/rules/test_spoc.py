"""Where a single point of contact is based, and what is told of one."""

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.spoc import as_told, check_allocation, check_contact, suggest
from cautionary_plugin.rules.vocabulary import Allocation

A = Allocation


@pytest.mark.clause("B25")
@pytest.mark.parametrize(
    ("health_known", "services", "suggested"),
    [
        (False, 0, A.SERVICE),
        (False, 1, A.SERVICE),
        (False, 2, A.ASSURANCE),
        (True, 0, A.LOCALITY),
        (True, 1, A.LOCALITY),
        (True, 3, A.LOCALITY),
    ],
)
def test_officer_is_suggested_by_services_and_by_health(
    health_known: bool, services: int, suggested: Allocation
) -> None:
    assert suggest(health_known=health_known, services_concerned=services) == suggested


@pytest.mark.clause("B25")
@pytest.mark.parametrize("suggested", A)
@pytest.mark.parametrize("chosen", A)
def test_allocation_elsewhere_than_suggested_needs_a_reason(chosen: A, suggested: A) -> None:
    if chosen == suggested:
        check_allocation(chosen, suggested=suggested, override="")
        return
    with pytest.raises(BadInput) as refusal:
        check_allocation(chosen, suggested=suggested, override="because")
    assert list(refusal.value.problems) == ["override"]
    check_allocation(chosen, suggested=suggested, override="The customer trusts this officer.")


def test_allocation_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        check_allocation("moon", suggested=A.SERVICE, override="Because the moon is far away.")
    assert list(refusal.value.problems) == ["allocation"]


@pytest.mark.clause("B26")
@pytest.mark.parametrize("contact", ["", "W. O.", "x" * 501])
def test_contact_that_says_nothing_or_too_much_is_refused(contact: str) -> None:
    with pytest.raises(BadInput) as refusal:
        check_contact(contact)
    assert list(refusal.value.problems) == ["contact"]


def test_address_is_told_once() -> None:
    assert as_told(contact="W. Oatcake", email="w@example.org") == "W. Oatcake\nw@example.org"
    assert as_told(contact="W. Oatcake, w@example.org", email="w@example.org").count("@") == 1
