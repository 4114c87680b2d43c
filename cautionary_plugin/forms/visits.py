"""A list of visits, pasted or uploaded, to be checked in one go."""

import re
from dataclasses import astuple, dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.vocabulary import Purpose

from .check import CheckForm
from .fields import ProseField
from .visit_rows import (
    LARGEST_FILE,
    MOST_VISITS,
    Line,
    Lines,
    lines_of_file,
    lines_of_text,
    with_line_ends,
)

_MARKS = re.compile(r"(?:\s*[,;])+\s*")


@dataclass(frozen=True, repr=False)
class Visit:
    """One line of the list, as it will be asked.

    :ivar number: its place in the list, from 1.
    :ivar apart: what the list says besides, and is not asked.
    :ivar question: None where it cannot be asked; then ``faults`` say why.
    """

    number: int
    typed: str
    question: Question | None
    faults: tuple[str, ...] = ()
    apart: str = ""

    @property
    def as_typed(self) -> str:
        """What is asked, as it would be typed into the one box."""
        if not self.question:
            return self.typed
        facts = ", ".join(filter(None, map(str, astuple(self.question))))
        return _MARKS.sub(", ", facts).strip(" ,")


class ListField(ProseField):
    """Lines, however they end."""

    def to_python(self, value: Any) -> str:
        return super().to_python(with_line_ends(value) if isinstance(value, str) else value)


class VisitsForm(forms.Form):
    """A box for a list, or a file, and one purpose for all."""

    visits = ListField(
        label=_("The visits, one on each line"),
        help_text=_(
            "Copy them from your calendar or spreadsheet: names, addresses, postcodes, phones or "
            "dates of birth, in any order. With a line of headings each column is read as what it "
            "is. Times, and dates that are no date of birth, are not looked at."
        ),
        max_length=200_000,
        rows=10,
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"), help_text=_("CSV or XLSX, up to 1 MB"), required=False
    )
    purpose = forms.ChoiceField(
        label=_("What are they for?"),
        help_text=_("One purpose for all visits of the list"),
        choices=Purpose.choices(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, more in {
            "visits": {"autocomplete": "off", "spellcheck": "false", "wrap": "off"},
            "file": {"accept": ".csv,.txt,.tsv,.xlsx"},
        }.items():
            self.fields[name].widget.attrs.update(more)
        self.lines = Lines(0)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"visits", "file"} & set(self.errors):
            return cleaned
        given = [name for name in ("visits", "file") if cleaned.get(name)]
        if len(given) == 2:
            self.add_error("file", _("Paste the list or choose a file, not both."))
        elif not given:
            self.add_error("visits", _("Paste the list of your visits, or choose a file."))
        else:
            self._read(given[0], cleaned)
        return cleaned

    def _read(self, name: str, cleaned: dict[str, Any]) -> None:
        today = timezone.localdate()
        try:
            self.lines = (
                lines_of_text(cleaned["visits"], today=today)
                if name == "visits"
                else lines_of_file(cleaned["file"].read(), today=today, name=cleaned["file"].name)
            )
        except BadInput as problem:
            for sentence in problem.problems["file"]:
                self.add_error(name, sentence)
            return
        count = self.lines.count
        if not count:
            self.add_error(name, _("There is no visit in the list."))
        elif count > MOST_VISITS:
            said = _(
                "The list has more than %(most)s visits, and nobody was checked. At most %(most)s "
                "are checked at once: divide the list."
            )
            self.add_error(name, said % {"most": MOST_VISITS})

    def asked(self) -> list[Visit]:
        """The visits of the list, in its order, each with its question or with its faults."""
        purpose = self.cleaned_data["purpose"]
        return [
            _visit(number, line, purpose) for number, line in enumerate(self.lines.visits, start=1)
        ]


def _visit(number: int, line: Line, purpose: str) -> Visit:
    if line.fault:
        return Visit(number, line.typed, None, (line.fault,))
    form = CheckForm({**line.boxes, "purpose": purpose})
    if form.is_valid():
        return Visit(number, line.typed, form.question(), apart=line.apart)
    return Visit(number, line.typed, None, tuple(_faults(form)), line.apart)


def _faults(form: CheckForm) -> list[str]:
    """What a line lacks. Its own box is not named: the list has none."""
    said = list(map(str, form.non_field_errors()))
    for field in form:
        named = f"{field.label}: " if field.name != "anything" else ""
        said += [f"{named}{sentence}" for sentence in field.errors]
    return said
