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

_INCIDENT = "This happened on {incident_on} ({incident_at}), at this place: {incident_place}."
_CONTACT = "{spoc}\n\n{contact}"
_ALWAYS = (
    "None of this keeps you from emergency services, from help where somebody may be at risk of "
    "harm, from voting, from making a complaint, or from seeing the information that we hold about "
    "you."
)
_SERVICES = f"{{restrictions}}\n\n{_ALWAYS}"
_LOGGED = (
    "We have recorded this on our {register}. Staff who may deal with you see how to do so. The "
    "record will be removed after 12 months, that is after {last_day}, as long as the behaviour is "
    "not repeated. If it is repeated, we will look at it again."
)
_DISAGREE = (
    "If you think that this letter is wrong, or have a complaint about how we have dealt with you, "
    "please write to:\n{appeal_contact}"
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
        "complaint": _DISAGREE,
    },
    LetterKind.SCHEDULE: {
        "decided": (
            "I am writing about how you have dealt with the staff of {council}. {how_decided}"
        ),
        "incident": _INCIDENT,
        "why": "{why}",
        "contact": _CONTACT,
        "services": _SERVICES,
        "breach": (
            "If you do not keep to what this letter asks of you, we may limit further how you "
            "contact us or which services you use, and the panel will look at your case again. "
            "Where a crime has been committed, we tell the Police."
        ),
        "logged": _LOGGED,
        "review": (
            "You can ask us to review this decision within {appeal_days} working days, that is by "
            "{appeal_by}. Tell us why you think that it is wrong. Members of the panel who took no "
            "part in the decision, or the Monitoring Officer, will look at it.\n\n"
            "Please write to:\n{appeal_contact}"
        ),
        "questionnaire": (
            "An equalities and diversity questionnaire comes with this letter. You need not fill "
            "it in. If you have a health condition or a disability, or need us to do something "
            "differently, it helps us to know, and we will look again at what we have decided.\n\n"
            "Please send it to:\n{appeal_contact}"
        ),
        "rights": _RIGHTS,
    },
    LetterKind.SCHEDULE_HIGH: {
        "decided": (
            "We write on behalf of {council} about your behaviour towards its staff. {how_decided}"
        ),
        "incident": _INCIDENT,
        "why": "{why}",
        "cease": (
            "We require you to cease this behaviour at once and to desist from it in future. You "
            "must not abuse, threaten, harass or assault any member of the staff of {council}, or "
            "anybody who works on its behalf, whether in person, by telephone, in writing or "
            "online."
        ),
        "contact": _CONTACT,
        "services": _SERVICES,
        "breach": (
            "If you do not comply with this letter, {council} may take legal proceedings against "
            "you without further notice, which may include an application for an injunction, and "
            "may ask the court to order that you pay its costs. Where a crime has been committed, "
            "we tell the Police."
        ),
        "logged": _LOGGED,
        "appeal": (
            "You can appeal against this decision within {appeal_days} working days, that is by "
            "{appeal_by}. Tell us why you think that it is wrong. A director who took no part in "
            "the decision will hear your appeal.\n\n"
            "Please write to:\n{appeal_contact}"
        ),
        "rights": _RIGHTS,
    },
    LetterKind.EXPECTED: {
        "opening": "I am writing to you about your contact with the staff of {council}.",
        "incident": "This is about {incident_on}, at this place: {incident_place}.",
        "why": "{why}",
        "expected": _EXPECTED,
        "consequences": (
            "We have not placed your name on our {register}, and hope not to have to. If this goes "
            "on, a panel may consider it, and may limit how you can contact us."
        ),
        "complaint": _DISAGREE,
    },
    LetterKind.SPOC: {
        "opening": (
            "I am writing to tell you how {council} would like to work with you, so that your "
            "enquiries are dealt with in one place."
        ),
        "spoc": "{spoc}",
        "how": (
            "Please send your enquiries to this person, who will pass them to whoever can help and "
            f"see that you get an answer.\n\n{_ALWAYS}"
        ),
        "complaint": _DISAGREE,
    },
    LetterKind.DIVERT: {
        "opening": (
            "I am writing to tell you about a change to how {council} deals with your e-mails."
        ),
        "divert": (
            "E-mails that you send to the Council from {divert_addresses} will go to your single "
            "point of contact, at {divert_to}, and to nobody else. You will be answered from there."
        ),
        "councillors": "{councillors}",
        "never": _ALWAYS,
        "complaint": _DISAGREE,
    },
}

HEADINGS: dict[LetterKind, str] = {
    LetterKind.ADDITION: "{register}: our decision",
    LetterKind.RETENTION: "{register}: our review",
    LetterKind.APPEAL: "{register}: the outcome of your appeal",
    LetterKind.REMOVAL: "{register}: an entry has been removed",
    LetterKind.WARNING: "Your behaviour towards our staff",
    LetterKind.SCHEDULE: "{register}: our decision",
    LetterKind.SCHEDULE_HIGH: "{register}: cease and desist",
    LetterKind.EXPECTED: "Your contact with our staff",
    LetterKind.SPOC: "Your single point of contact",
    LetterKind.DIVERT: "Your e-mails to the Council",
}
