"""The figures of a year as rows: the screen, the CSV file and the spreadsheet show the same."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from cautionary_plugin.actions.foi import YearlyFigures
from cautionary_plugin.rules.foi import Told
from cautionary_plugin.rules.small_numbers import SMALLEST, Cell, Hidden

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Row = tuple[str, str | int]


def tables_of(figures: YearlyFigures) -> list[Told]:
    """Every table of a year, the register as a whole first."""
    flow = figures.flow
    whole = Told(
        _("Entries on the register"),
        (
            (_("Listed at the start of the year"), flow.start),
            (_("Added in the year"), flow.added),
            (_("Removed in the year"), flow.removed),
            (_("Listed at the end of the year"), flow.end),
        ),
    )
    return [whole, *figures.tables]


def notes(figures: YearlyFigures) -> list[str]:
    """What a reader of the numbers must know."""
    found = [
        _(
            "A number from 1 to %(most)s is shown as “%(few)s”: it might point at somebody. "
            "Others are not shown where they would give a small one away."
        )
        % {"most": SMALLEST - 1, "few": Hidden.FEW.value},
        _(
            "An entry counts as added when it is made, and as removed when it ends. Entries that "
            "were erased since still count."
        ),
    ]
    if figures.counted_from:
        counted = f"{figures.counted_from:%B %Y}"
        found.append(_("Added and removed were counted from %(month)s.") % {"month": counted})
    return found


def as_csv(figures: YearlyFigures) -> bytes:
    """A CSV file that no spreadsheet program takes for formulas."""
    text = StringIO()
    writer = csv.writer(text)
    for row in _rows(figures):
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(figures: YearlyFigures) -> bytes:
    """A spreadsheet of words and numbers; words stay words whatever they start with."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Figures")
    for number, row in enumerate(_rows(figures), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        if len(row) == 1:
            sheet.cell(row=number, column=1).font = Font(bold=True)
    sheet.column_dimensions["A"].width = 46
    sheet.column_dimensions["B"].width = 26
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rows(figures: YearlyFigures) -> Iterator[tuple[str | int, ...]]:
    yield (f"{figures.register.name}, {figures.year.words}",)
    for table in tables_of(figures):
        yield ()
        yield (table.title,)
        yield from ((words, _plain(cell)) for words, cell in table.rows)
        if table.why:
            yield (table.why, "")
    yield ()
    yield from ((note, "") for note in notes(figures))


def _plain(cell: Cell) -> str | int:
    return cell.value if isinstance(cell, Hidden) else cell


def _harmless(cell: str | int) -> str | int:
    words = isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA)
    return f"'{cell}" if words else cell
