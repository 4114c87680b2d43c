"""The entry that a motion would make, or whose terms it would change (B18, L1–L3)."""

from datetime import datetime
from functools import partial

from django.utils import timezone

from cautionary_plugin.actions.decisions.adding import check_entry
from cautionary_plugin.models import Entry, PanelCase, Service
from cautionary_plugin.rules.additions import Addition, Finding
from cautionary_plugin.rules.errors import BadInput, NotReady
from cautionary_plugin.rules.panel_item import (
    check_contact_limits,
    check_low_is_no_marker,
    check_restrictions,
)
from cautionary_plugin.rules.panel_terms import EntryTerms
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import ControlMeasure, LegalCondition, Marker, Restriction

from .subject import report_of


def check_entry_terms(
    case: PanelCase,
    terms: EntryTerms,
    *,
    risk: str,
    at: datetime,
    instead_of: Entry | None = None,
) -> bool:
    """The entry may be made, or its terms changed.

    :param instead_of: the entry whose terms these would be; None for a new one.
    :returns: whether a new entry is held until a senior post signs: the person is a child (L2).
    :raises NotReady: nothing but a name is on file, the schedule cannot be checked, or there is an
        entry on this file already.
    :raises BadInput: with all that is missing or cannot be.
    """
    if instead_of is None:
        _check_not_listed(case)
    return check_entry(
        report_of(case),
        Finding("", {}, terms.second_identifier, terms.another_person),
        addition_of(case, terms, risk=risk, at=at),
        register=case.register,
        but=instead_of,
        at=at,
        further=(
            partial(_check_codes, terms),
            partial(check_low_is_no_marker, risk, terms.markers),
            partial(check_restrictions, terms),
            partial(check_contact_limits, terms),
        ),
    )


def addition_of(case: PanelCase, terms: EntryTerms, *, risk: str, at: datetime) -> Addition:
    """The terms as every entry takes them; for the schedule's term of calendar months."""
    return Addition(
        credible=True,
        credible_risk="",
        risk=risk,
        legal_condition=terms.legal_condition,
        expires_on=months_after(timezone.localdate(at), case.register.term_months),
        handling=terms.handling,
        basis=terms.basis,
        audience=list(Service.objects.filter(slug__in=terms.audience)),
        audience_reasons=terms.audience_reasons,
        markers=terms.markers,
        control_measures=terms.control_measures,
        restrictions=terms.restrictions,
        permitted_contact=terms.permitted_contact,
    )


def _check_not_listed(case: PanelCase) -> None:
    listed = Entry.objects.filter(case_file=case.case_file, register=case.register)
    entry = listed.exclude(state=EntryState.ENDED).first()
    if entry is not None:
        sentence = f"{entry.reference} is on the schedule already for this incident."
        raise NotReady(sentence, missing=[sentence])


def _check_codes(terms: EntryTerms) -> None:
    """Each code is of its vocabulary, and each service is known.

    :raises BadInput: under the name of the part.
    """
    condition = [terms.legal_condition] if terms.legal_condition else []
    known: dict[str, tuple[list[str], set[str]]] = {
        "markers": (terms.markers, set(Marker)),
        "control_measures": (terms.control_measures, set(ControlMeasure)),
        "restrictions": (terms.restrictions, set(Restriction)),
        "legal_condition": (condition, set(LegalCondition)),
        "audience": (terms.audience, set(Service.objects.values_list("slug", flat=True))),
    }
    problems = {
        name: ["Choose from the list."]
        for name, (given, codes) in known.items()
        if not set(given) <= codes
    }
    if problems:
        raise BadInput(problems)
