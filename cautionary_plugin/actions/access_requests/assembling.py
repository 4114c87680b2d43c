"""All that is held about a person, line by line (L8).

What hangs on a file is known to the erasing: so a model that is added later, a host's own
included, is in the pack before anybody thinks of it, each sealed field on a line of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cautionary_plugin.access.families import whole_family
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.erasure.rows import Owners, references_of, rows_on
from cautionary_plugin.models import (
    Attendee,
    CaseFile,
    Evidence,
    IncidentReport,
    OutboxMessage,
    Partner,
    Post,
    Register,
    Service,
    Site,
)
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.evidence import described
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import ControlMeasure, Marker, Restriction
from cautionary_plugin.sealing.personal import impersonal_names
from cautionary_plugin.sealing.sealed_field import SealedField

from .looks import who_looked

# What hangs on a file and is in no pack, and why.
LEFT_OUT: dict[str, str] = {
    "AccessRequest": "It was made to answer this request.",
    "PackLine": "It was made to answer this request.",
    OutboxMessage.__name__: "An envelope: what it told stands on lines of its own.",
    Attendee.__name__: "It is about the deputy who sat on the panel, and not about the person.",
}

# What was told to the person, or is about nobody else by its kind.
ABOUT_THEM_ALONE = frozenset(
    {
        "Person.identity_sealed",
        "Person.born_on",
        "Entry.markers",
        "Entry.control_measures",
        "Entry.restrictions",
        "Letter.body",
        "Letter.sent_to",
    }
)
FACTS, STAFF = "facts", "colleagues"
EVIDENCE_FILE = f"{Evidence.__name__}.file"  # the line that stands for the file itself
CODES = {"markers": Marker, "control_measures": ControlMeasure, "restrictions": Restriction}
NAMED: tuple[type[Model], ...] = (Service, Partner, Site, Register, Post)
# Where the name of a field says little to the person.
CALLED = {
    "Person.identity_sealed": gettext_lazy("Names, addresses, phones and other identifiers"),
    "Person.born_on": gettext_lazy("Date of birth"),
    "Premises.identity_sealed": gettext_lazy("Address, and animal or hazard"),
    "IncidentReport.answers": gettext_lazy("The report as it was typed, page by page"),
}
TECHNICAL = frozenset({"id", "changed", "position", "object_name", "version", "wording"})


@dataclass(frozen=True, repr=False)
class Found:
    """One thing that is held.

    :ivar source: the model and the field that it comes from.
    :ivar row: the key of the row.
    :ivar names_others: whether it may be about somebody else too, so that it is withheld until
        a person has looked at it.
    """

    source: str
    row: str
    section: str
    label: str
    text: str
    names_others: bool = True

    @property
    def place(self) -> tuple[str, str]:
        return self.source, self.row


def assemble(case_file: CaseFile) -> list[Found]:
    """Every line about the person of a file: of all that goes with it, above and below.

    A file may be joined to another after the request came in. A draft that was never sent is its
    writer's alone.
    """
    family = whole_family([case_file.pk])
    drafts = IncidentReport.objects.filter(case_file__in=list(family), state=ReportState.DRAFT)
    for file in drafts.values_list("case_file", flat=True):
        del family[file]
    owners = rows_on(family)
    found = [
        line
        for model, rows in owners.items()
        if model is not CaseFile and model.__name__ not in LEFT_OUT
        for row in _rows(model, rows)
        for line in _lines(row)
    ]
    looks = [
        Found(
            "AccessRecord.looks",
            look.key,
            _("Who looked"),
            look.label,
            look.text,
            look.names_others,
        )
        for look in who_looked(references_of(owners))
    ]
    return [*found, *looks]


def _rows(model: type[Model], rows: Owners) -> list[Model]:
    """The oldest first, as far as the rows know their age."""
    near = [
        field.name
        for field in model._meta.concrete_fields
        if _is_colleague(field) or field.related_model in NAMED
    ]
    if path := getattr(model, "sealed_under", ""):
        near.append(path.replace(".", "__"))
    found = list(model._base_manager.filter(pk__in=list(rows)).select_related(*near))
    return sorted(found, key=lambda row: (str(_when(row) or ""), str(row.pk)))


def _lines(row: Any) -> Iterator[Found]:
    name, key, section = type(row).__name__, str(row.pk), _section(row)
    if facts := "\n".join(_facts(row)):
        others = _names_a_post(row)
        yield Found(f"{name}.{FACTS}", key, section, _("Facts"), facts, names_others=others)
    for field in row._meta.concrete_fields:
        if isinstance(field, SealedField) and (text := _told(field, getattr(row, field.name))):
            source = f"{name}.{field.name}"
            others = source not in ABOUT_THEM_ALONE
            label = str(CALLED.get(source) or _label(field))
            yield Found(source, key, section, label, text, names_others=others)
    if isinstance(row, Evidence):
        yield Found(EVIDENCE_FILE, key, section, _("The file"), described(row.kind, row.size))
    if people := "\n".join(_colleagues(row)):
        yield Found(f"{name}.{STAFF}", key, section, _("Colleagues"), people)


def _section(row: Any) -> str:
    """What the row is, its reference where it has one, and when it was made."""
    words = [_sentence(row._meta.verbose_name), getattr(row, "reference", "")]
    when = _when(row)
    return " ".join(filter(None, words)) + (f", {_value(when)}" if when else "")


def _when(row: Any) -> date | None:
    """The first day that a row names."""
    for field in row._meta.concrete_fields:
        value = None if isinstance(field, SealedField) else getattr(row, field.attname)
        if isinstance(value, datetime):
            return timezone.localdate(value)
    return None


def _facts(row: Any) -> Iterator[str]:
    """What is not sealed: states, days, counts, and which service, partner or register."""
    known = impersonal_names(type(row)) - TECHNICAL
    for field in row._meta.concrete_fields:
        if field.name not in known or (field.is_relation and field.related_model not in NAMED):
            continue
        value = getattr(row, field.name)
        if field.is_relation:
            value = getattr(value, "name", value)
        if field.choices:
            value = getattr(row, f"get_{field.name}_display")()
        if text := _value(value):
            yield f"{_label(field)}: {text}"


def _colleagues(row: Any) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        if _is_colleague(field) and (person := getattr(row, field.name)):
            yield f"{_label(field)}: {name_of(person)}"


def _names_a_post(row: Any) -> bool:
    """Whether its facts say whose post it was: a post has one holder."""
    return any(field.related_model is Post for field in row._meta.concrete_fields)


def _is_colleague(field: Any) -> bool:
    return bool(field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL)


def _told(field: Any, value: Any) -> str:
    codes = CODES.get(field.name)
    if codes and isinstance(value, list):
        known = {each.value: each.label for each in codes}
        value = [known.get(each, each) for each in value]
    return _value(value)


def _value(value: Any) -> str:
    """A value in plain words; empty where there is nothing to tell."""
    if value is None or value in ("", [], {}, ()):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return plain_day(timezone.localdate(value))
    if isinstance(value, date):
        return plain_day(value)
    if isinstance(value, dict):
        told = [(_sentence(str(key)), _value(each)) for key, each in value.items()]
        return "\n".join(_under(key, text) for key, text in told if text)
    if isinstance(value, list | tuple):
        between = "\n\n" if any(isinstance(each, dict) for each in value) else "\n"
        return between.join(filter(None, (_value(each) for each in value)))
    return str(value)


def _under(key: str, text: str) -> str:
    return f"{key}:\n{text}" if "\n" in text else f"{key}: {text}"


def _label(field: Any) -> str:
    return _sentence(field.verbose_name)


def _sentence(words: str | Promise) -> str:
    text = str(words).replace("_", " ").strip()
    return text[:1].upper() + text[1:]
