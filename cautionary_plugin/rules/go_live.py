"""What must be done before a register has its first entry (L9, A4)."""

from collections.abc import Collection

from .errors import NotReady
from .vocabulary import PageKind, Vocabulary


class Step(Vocabulary):
    """A step that somebody confirms, with a word on where it is kept or when it was done."""

    PRIVACY_NOTICE = "privacy_notice", "The council’s privacy notice tells of the register"
    ESCROW = "escrow", "A copy of the key lies in escrow, apart from the backups"
    RESTORE = "restore", "Restoring a backup was rehearsed"
    OLD_LISTS = "old_lists", "Every older list is known, and who destroys it"
    DAILY = "daily", "The daily command runs, and somebody hears when it fails"


# The documents are pages with an owner and a day of review (DPA 2018, Schedule 1; UK GDPR 35).
DOCUMENTS = (PageKind.POLICY_DOCUMENT, PageKind.IMPACT_ASSESSMENT)
SETTINGS = "Fill in what is blank in the register’s settings: {blank}"


def lacking(
    *, documents: Collection[str], confirmed: Collection[str], blank: Collection[str]
) -> list[str]:
    """What stands between a register and its first entry, each as a sentence.

    :param documents: kinds of which a page is published whose review is still to come.
    :param confirmed: steps that somebody has confirmed.
    :param blank: what the council has still to fill in, such as the texts that the policy is read
        with (A4).
    """
    pages = [
        f"Publish the {kind.label.lower()}, with an owner and a day of review to come"
        for kind in DOCUMENTS
        if kind not in documents
    ]
    steps = [f"Confirm: {step.label}" for step in Step if step not in confirmed]
    return [*pages, *steps, *(SETTINGS.format(blank=each) for each in blank)]


def check_may_begin(missing: list[str]) -> None:
    """The register may have its first entry.

    :raises NotReady: something is lacking; it carries what.
    """
    if missing:
        raise NotReady(
            "This register may not have its first entry yet. " + ". ".join(missing) + ".",
            missing=missing,
        )
