"""Whether the pages of a report hold what they must: fact and source, not hearsay (A3)."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from .ages import YOUNGEST, age_on, check_birth_date, check_birth_year
from .errors import BadInput
from .police import Crime
from .reporting import (
    BEHAVIOURS,
    PANEL_BEHAVIOURS,
    TRIGGERS,
    Answers,
    Loose,
    Page,
    Whose,
    YesNo,
    pages_of,
)
from .terms import months_after
from .vocabulary import Route

OLDEST_MONTHS = 120
LONGEST = 20000  # signs, of any answer
CHOOSE = "Choose one of these."

TOO_YOUNG = (
    f"The conduct of a child under {YOUNGEST} is not put on the register. Please leave this "
    "report, and talk to your manager and to the safeguarding team about what happened."
)
NO_ACCOUNT = (
    "Say what you saw or heard yourself, or what you were told and by whom: the register rests "
    "on facts."
)

Check = Callable[[Answers, date], dict[str, str]]  # field → what is wrong


def check_page(page: str, answers: Answers, *, on: date, route: str = Route.DIRECTOR) -> None:
    """One page holds what it must.

    :param answers: of the whole report: what one page must hold may hang on another.
    :param on: today.
    :param route: who decides; the panel is told of what is merely vexatious, too.
    :raises BadInput: under the fields of the page.
    """
    faults = _too_long(answers.get(page, {}))
    checks = CHECKS_FOR_PANEL if route == Route.PANEL else CHECKS
    faults |= checks.get(Page(page), _anything)(answers, on)
    if faults:
        raise BadInput({name: [sentence] for name, sentence in faults.items()})


def check_report(
    kind: str,
    answers: Answers,
    *,
    on: date,
    without: Collection[Page] = frozenset(),
    route: str = Route.DIRECTOR,
) -> None:
    """Every page holds what it must.

    :raises BadInput: under the pages.
    """
    problems: dict[str, list[str]] = {}
    for page in pages_of(kind, answers, without=without):
        try:
            check_page(page, answers, on=on, route=route)
        except BadInput as problem:
            problems[page.value] = [each for said in problem.problems.values() for each in said]
    if problems:
        raise BadInput(problems)


def _anything(_answers: Answers, _on: date) -> dict[str, str]:
    return {}


def _too_long(fields: Any) -> dict[str, str]:
    return {
        name: f"This is longer than {LONGEST} characters."
        for name, value in fields.items()
        if isinstance(value, str) and len(value) > LONGEST
    }


def _text(answers: Answers, page: Page, name: str) -> str:
    return str(answers.get(page, {}).get(name) or "").strip()


def _day(answers: Answers, page: Page, name: str) -> date | None:
    try:
        return date.fromisoformat(_text(answers, page, name))
    except ValueError:
        return None


def _one_of(allowed: Collection[str], page: Page, name: str) -> Check:
    def check(answers: Answers, _on: date) -> dict[str, str]:
        return {} if _text(answers, page, name) in allowed else {name: CHOOSE}

    return check


def _given(page: Page, name: str, sentence: str) -> Check:
    def check(answers: Answers, _on: date) -> dict[str, str]:
        return {} if _text(answers, page, name) else {name: sentence}

    return check


def _all(*checks: Check) -> Check:
    def check(answers: Answers, on: date) -> dict[str, str]:
        return {name: said for each in checks for name, said in each(answers, on).items()}

    return check


def _whose(answers: Answers, _on: date) -> dict[str, str]:
    whose = _text(answers, Page.WHOSE, "whose")
    if whose not in list(Whose):
        return {"whose": CHOOSE}
    if whose == Whose.COLLEAGUES and not _text(answers, Page.WHOSE, "colleague"):
        return {"colleague": "Say whose report it is."}
    return {}


def _past(page: Page, name: str, *, required: bool) -> Check:
    """A day that is not in the future, and not so long ago that nothing follows from it."""

    def check(answers: Answers, on: date) -> dict[str, str]:
        day = _day(answers, page, name)
        if day is None:
            return {name: "Give the date."} if required else {}
        if day > on:
            return {name: "The date is in the future."}
        if day < months_after(on, -OLDEST_MONTHS):
            return {name: f"The date is more than {OLDEST_MONTHS // 12} years ago."}
        return {}

    return check


def _born(answers: Answers, on: date) -> dict[str, str]:
    born_on = _day(answers, Page.IDENTIFY, "born_on")
    year = _text(answers, Page.IDENTIFY, "birth_year")
    then = _day(answers, Page.WHEN, "occurred_on") or on
    if born_on:
        return {"born_on": sentence} if (sentence := _unfit(born_on, on, then)) else {}
    if not year:
        return {}
    if not (year.isascii() and year.isdigit() and len(year) == 4 and year >= "1000"):
        return {"birth_year": "Type the year with four digits."}
    if on.year >= int(year) and age_on(then, born_on=date(int(year), 12, 31)) < YOUNGEST:
        return {"birth_year": TOO_YOUNG}
    try:
        check_birth_year(int(year), on=on)
    except BadInput:
        return {"birth_year": "This cannot be the year of birth."}
    return {}


def _unfit(born_on: date, on: date, then: date) -> str:
    """Why this cannot be the birth date of somebody who is reported, or nothing."""
    if born_on <= on and age_on(min(then, on), born_on=born_on) < YOUNGEST:
        return TOO_YOUNG
    try:
        check_birth_date(born_on, on=on)
    except BadInput as problem:
        return problem.problems["born_on"][0]
    return ""


def _informed_after(answers: Answers, _on: date) -> dict[str, str]:
    informed_on = _day(answers, Page.POLICE, "informed_on")
    occurred_on = _day(answers, Page.WHEN, "occurred_on") or _day(
        answers, Page.SIGHTED, "occurred_on"
    )
    if informed_on and occurred_on and informed_on < occurred_on:
        return {"informed_on": "The date is before the incident."}
    return {}


def _behaviour(allowed: Collection[str]) -> Check:
    def check(answers: Answers, _on: date) -> dict[str, str]:
        markers = answers.get(Page.BEHAVIOUR, {}).get("markers") or []
        if not markers or set(markers) - set(allowed):
            return {"markers": "Choose at least one of these."}
        return {}

    return check


def _account(answers: Answers, _on: date) -> dict[str, str]:
    """What was told needs its source; one of seen and told is needed (A3)."""
    told, told_by = _text(answers, Page.TOLD, "told"), _text(answers, Page.TOLD, "told_by")
    if told and not told_by:
        return {"told_by": "Say who told you: what nobody stands for is hearsay."}
    if told_by and not told:
        return {"told": "Say what you were told."}
    if not told and not _text(answers, Page.SEEN, "seen"):
        return {"told": NO_ACCOUNT}
    return {}


def _address(answers: Answers, _on: date) -> dict[str, str]:
    uprn = _text(answers, Page.ADDRESS, "uprn")
    if uprn and not (uprn.isascii() and uprn.isdigit() and len(uprn) <= 12):
        return {"uprn": "A UPRN is a number of up to 12 digits."}
    return {}


CHECKS: dict[Page, Check] = {
    Page.WHOSE: _whose,
    Page.TRIGGER: _one_of(TRIGGERS, Page.TRIGGER, "trigger"),
    Page.WHEN: _all(
        _past(Page.WHEN, "occurred_on", required=True),
        _given(Page.WHEN, "place", "Say where it happened."),
    ),
    Page.SIGHTED: _past(Page.SIGHTED, "occurred_on", required=True),
    Page.ADDRESS: _all(_given(Page.ADDRESS, "address", "Give the address."), _address),
    Page.ANIMAL: _all(
        _given(Page.ANIMAL, "animal", "Say what animal it is."),
        _one_of(list(Loose), Page.ANIMAL, "loose"),
    ),
    Page.PERSON: _given(Page.PERSON, "name", "Give the name, or what you know the person by."),
    Page.IDENTIFY: _born,
    Page.BEHAVIOUR: _behaviour(BEHAVIOURS),
    Page.TOLD: _account,
    Page.CRIME: _one_of(list(Crime), Page.CRIME, "crime"),
    Page.POLICE: _all(
        _one_of(list(YesNo), Page.POLICE, "informed"),
        _past(Page.POLICE, "informed_on", required=False),
        _informed_after,
    ),
}

CHECKS_FOR_PANEL = CHECKS | {Page.BEHAVIOUR: _behaviour(PANEL_BEHAVIOURS)}
