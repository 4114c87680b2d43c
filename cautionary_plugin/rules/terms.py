"""How long things last: calendar months, and the term of an entry (A28, A29, B4)."""

from calendar import monthrange
from datetime import date

from .errors import BadInput
from .vocabulary import Risk


def months_after(start: date, months: int) -> date:
    """The same day so many calendar months later; the last of the month where there is none.

    One year is a calendar anniversary: 29 February becomes 28 February.
    """
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    month = month0 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def check_end(*, start: date, end: date, longest_months: int) -> None:
    """An entry ends after it starts and within the register's longest term (A29).

    :raises BadInput: under the field ``expires_on``.
    """
    if end <= start:
        raise BadInput({"expires_on": ["The end date is not after the start date."]})
    if end > months_after(start, longest_months):
        raise BadInput(
            {"expires_on": [f"The end date is more than {longest_months} months after the start."]}
        )


def check_term(
    *,
    start: date,
    end: date,
    standard_months: int,
    longest_months: int,
    risk: str,
    reasons: str,
) -> None:
    """A term above the standard takes the highest risk and reasons (A29); none is above the cap.

    :param end: the day on which the entry is over: its last day is the one before.
    :param reasons: why the term is longer than the standard; may be empty where it is not.
    :raises BadInput: under ``expires_on`` or ``term_reasons``.
    """
    check_end(start=start, end=end, longest_months=longest_months)
    if end <= months_after(start, standard_months):
        return
    if risk != Risk.HIGH:
        raise BadInput(
            {
                "expires_on": [
                    f"Only an entry at high risk may last longer than {standard_months} months."
                ]
            }
        )
    if not reasons.strip():
        raise BadInput({"term_reasons": ["Say why the entry must last longer than the standard."]})
