"""The entry that a decision to add makes (A13, A28, A29, L1–L3, L9, L12)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import partial
from typing import Any, cast

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.go_live import check_go_live
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.actions.sharing.audience import set_audience
from cautionary_plugin.actions.tallies import count_entry
from cautionary_plugin.models import Entry, IncidentReport, Person, Register
from cautionary_plugin.rules.additions import (
    Addition,
    Finding,
    check_complete,
    check_credible,
    check_names_no_colleague,
    check_told_apart,
    needs_senior,
)
from cautionary_plugin.rules.errors import gather
from cautionary_plugin.rules.second_identifier import check_second_identifier
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.terms import check_term
from cautionary_plugin.rules.vocabulary import (
    Act,
    ControlMeasure,
    LegalCondition,
    Marker,
    Restriction,
    Risk,
)

from .same_subject import look_for


def check_addition(
    report: IncidentReport, finding: Finding, addition: Addition, *, at: datetime
) -> bool:
    """A director's entry may be made: there is a credible risk, and the term is within bounds.

    :returns: whether it is held until a senior post signs: the person is a child (L2).
    :raises NotReady, BadInput: as :func:`check_entry`.
    """
    register = report.register
    return check_entry(
        report,
        finding,
        addition,
        register=register,
        at=at,
        further=(
            partial(check_credible, credible=addition.credible, reasons=addition.credible_risk),
            partial(
                check_term,
                start=timezone.localdate(at),
                end=addition.expires_on,
                standard_months=register.term_months,
                longest_months=register.longest_term_months,
                risk=addition.risk,
                reasons=addition.term_reasons,
            ),
        ),
    )


def check_entry(
    report: IncidentReport,
    finding: Finding,
    addition: Addition,
    *,
    register: Register,
    at: datetime,
    further: Iterable[Callable[[], object]] = (),
    but: Entry | None = None,
) -> bool:
    """What every entry takes, whoever decides on it.

    :param further: what this register asks besides.
    :param but: an entry that is the subject's own, and so no other that looks the same.
    :returns: whether it is held until a senior post signs: the person is a child (L2).
    :raises NotReady: nothing but a name is on file, the register cannot be checked, or it may not
        have its first entry yet (L9).
    :raises BadInput: with all that is missing or cannot be.
    """
    check_go_live(register, at=at)
    subject = report.case_file.subject
    born_on = subject.born_on if isinstance(subject, Person) else None
    alike = look_for(report, register=register, at=at)
    looks_the_same = any(each.strong for each in alike if each.entry != but)
    held: list[bool] = []
    gather(
        *further,
        partial(check_complete, addition),
        partial(check_names_no_colleague, addition.basis, names=_colleagues(report)),
        partial(
            check_second_identifier,
            subject.identity,
            born_on=born_on,
            checked=finding.second_identifier,
        ),
        partial(
            check_told_apart, looks_the_same=looks_the_same, why_another=finding.another_person
        ),
        lambda: held.append(
            needs_senior(subject.identity, born_on=born_on, on=timezone.localdate(at))
        ),
    )
    return any(held)


def make_entry(
    report: IncidentReport,
    addition: Addition,
    *,
    held: bool,
    by: Any,
    at: datetime,
    register: Register | None = None,
    provisional: bool = False,
) -> Entry:
    """Write the entry, with its audience; live at once, or held for a signature.

    :param register: that of the report, unless another decides on it.
    :param provisional: added ahead of the panel, which has yet to ratify it (B41).
    """
    register = register or report.register
    (reference,) = take_references(register.prefix, 1, at=at)
    entry = Entry.objects.create(
        reference=reference,
        case_file=report.case_file,
        register=register,
        state=EntryState.HELD if held else EntryState.LIVE,
        risk=Risk(addition.risk),
        legal_condition=LegalCondition(addition.legal_condition),
        fact_on=cast(date, report.occurred_on),  # of a submitted report, by the database's rule
        starts_at=at,
        expires_at=timezone.make_aware(datetime.combine(addition.expires_on, time.min)),
        made_by=by,
        made_at=at,
        provisional=provisional,
        changed=advance(added=0 if held else 1),
        handling=addition.handling,
        markers=[Marker(each).value for each in addition.markers],
        control_measures=[ControlMeasure(each).value for each in addition.control_measures],
        restrictions=[Restriction(each).value for each in addition.restrictions],
        permitted_contact=addition.permitted_contact,
        spoc=addition.spoc,
        basis=addition.basis,
    )
    count_entry(entry, at=at)
    set_audience(entry, addition.audience, reason=addition.audience_reasons, by=by, at=at)
    record(act=Act.DECIDED, by=by, at=at, register=register, reference=reference)
    return entry


def _colleagues(report: IncidentReport) -> list[str]:
    """The full names of those whom the report concerns on the council's side."""
    people = [report.reporter, report.typed_by]
    people += [each.employee for each in report.statements.select_related("employee")]
    return [getattr(person, "get_full_name", str)() for person in people if person is not None]
