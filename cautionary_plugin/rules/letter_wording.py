"""The package's own words of each letter, until the council keeps its own."""

from .vocabulary import LetterKind

_MARKER = (
    "Our records will show a marker against {subject}. Staff see it when they check the register "
    "before they visit, ring or meet somebody. It tells them how to stay safe, and not what "
    "happened."
)
_RECIPIENTS = (
    "We may pass this information to: {recipients}.\n\n"
    "Any member of our staff with access to the register who checks {subject} before a visit is "
    "told how to stay safe. We do not pass it to anybody who has no need of it."
)
_UNTIL = (
    "The entry lasts until {last_day}. By then we will either remove it or review the decision. "
    "If we keep it for longer, we will write to you again."
)
_APPEAL = (
    "You can appeal against this decision within {appeal_days} working days, that is by "
    "{appeal_by}. Tell us why you think that it is wrong. Your appeal will be heard by senior "
    "managers who took no part in the decision.\n\n"
    "Please write to:\n{appeal_contact}"
)
_RIGHTS = (
    "You can ask us for a copy of the information that we hold about you, and ask us to put right "
    "what is wrong. If you are unhappy with how we use it, please tell us first, at the address "
    "above. You can also complain to the Information Commissioner’s Office: ico.org.uk, "
    "telephone 0303 123 1113."
)
_EXPECTED = (
    "Our staff are there to help, and they must be able to do their work without fear. We ask you "
    "to treat them with respect, as they will treat you."
)

DEFAULT_WORDING: dict[LetterKind, dict[str, str]] = {
    LetterKind.ADDITION: {
        "opening": (
            "I am writing to tell you that {council} has placed {subject} on its {register} from "
            "{first_day}. The register helps us to keep our staff safe. This letter explains what "
            "that means, and how you can appeal."
        ),
        "why": "{why}",
        "marker": _MARKER,
        "recipients": _RECIPIENTS,
        "until": _UNTIL,
        "appeal": _APPEAL,
        "rights": _RIGHTS,
    },
    LetterKind.RETENTION: {
        "opening": (
            "We have reviewed the entry about {subject} on the {register} of {council}, and have "
            "decided to keep it for a further period."
        ),
        "why": "{why}",
        "marker": _MARKER,
        "recipients": _RECIPIENTS,
        "until": _UNTIL,
        "appeal": _APPEAL,
        "rights": _RIGHTS,
    },
    LetterKind.APPEAL: {
        "opening": (
            "You appealed against the entry about {subject} on the {register} of {council}. "
            "Senior managers who took no part in the decision have heard your appeal."
        ),
        "outcome": "{outcome}.",
        "why": "{why}",
        "effect": "{effect}",
        "complaint": (
            "If you are unhappy with how we handle your information, please write to:\n"
            "{appeal_contact}\n\n"
            "You can also complain to the Information Commissioner’s Office: ico.org.uk, "
            "telephone 0303 123 1113."
        ),
    },
    LetterKind.REMOVAL: {
        "removed": (
            "I am writing to tell you that {council} removed the entry about {subject} from its "
            "{register} on {removed_on}."
        ),
        "records": (
            "Our records no longer show a marker against {subject}, and staff who check the "
            "register find nothing. What we hold about the entry will be deleted."
        ),
        "expected": _EXPECTED,
        "complaint": "If you have a question or a complaint, please write to:\n{appeal_contact}",
    },
    LetterKind.WARNING: {
        "opening": "I am writing to you about your behaviour towards the staff of {council}.",
        "why": "{why}",
        "expected": _EXPECTED,
        "consequences": (
            "We have not placed your name on our {register}. If there is another incident we may "
            "do so, and we may limit how you can contact or visit us. Where a crime has been "
            "committed, we tell the Police."
        ),
        "complaint": (
            "If you think that this letter is wrong, or have a complaint about how we have dealt "
            "with you, please write to:\n{appeal_contact}"
        ),
    },
}

HEADINGS: dict[LetterKind, str] = {
    LetterKind.ADDITION: "{register}: our decision",
    LetterKind.RETENTION: "{register}: our review",
    LetterKind.APPEAL: "{register}: the outcome of your appeal",
    LetterKind.REMOVAL: "{register}: an entry has been removed",
    LetterKind.WARNING: "Your behaviour towards our staff",
}
