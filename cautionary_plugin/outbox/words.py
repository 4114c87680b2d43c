"""The words of each kind of message: a subject, a body, and where its link leads.

None of them is personal (A21). ``{about}`` becomes the public reference where the act gave one;
``{link}`` becomes the address of a screen where the site knows its own address. A bulletin has
neither a reference nor any other fact of the entry.
"""

from cautionary_plugin.models import MailKind

HOME = "cautionary:home"
REPORTS = "cautionary:my_reports"
REPORT = "cautionary:report"
ACCOUNTS = "cautionary:my_accounts"
TASKS = "cautionary:my_tasks"
CHECK = "cautionary:check"
CUSTOMERS = "cautionary:my_customers"
TRAINING = "cautionary:my_training"
ADMIN = "wagtailadmin_home"

Words = tuple[str, str, str]

WORDS: dict[MailKind, Words] = {
    MailKind.EMERGENCY: (
        "Cautionary register: emergency access was taken",
        "A colleague took emergency access to the register {reference} at {when}.\n\n"
        "It ends by itself within the hour. Please look at the access record, which has the "
        "reason.\n",
        "",
    ),
    MailKind.SECOND_FACTOR: (
        "Cautionary register: a second factor was changed",
        "The phone or the recovery codes of {reference} were set up, renewed or taken out of use "
        "on {when}.\n\n"
        "This message names nobody. Owners of the register find {reference} as the reference of a "
        "line in the access record, which says who that is and who did it.\n\n"
        "If this was not meant to happen, tell the owner of the register at once.\n",
        "",
    ),
    MailKind.STATEMENT_INVITED: (
        "Cautionary register: please give your account",
        "You are asked for your version of events about an incident that was reported.\n\n"
        "Please sign in and give it, or say that you do not wish to.{link}\n",
        ACCOUNTS,
    ),
    MailKind.COUNTERSIGN: (
        "Cautionary register: a report waits for your countersignature",
        "A report{about} waits for a countersignature.\n\n"
        "Please sign in, read it, and confirm it or send it back.{link}\n",
        ADMIN,
    ),
    MailKind.COUNTERSIGN_LATE: (
        "Cautionary register: a countersignature is late",
        "A report{about} still waits for a countersignature, and its day has passed.\n\n"
        "Nothing can be decided before. Please sign in today.{link}\n",
        ADMIN,
    ),
    MailKind.RETURNED: (
        "Cautionary register: your report was sent back",
        "Your report{about} was sent back to you with a question.\n\n"
        "Please sign in, answer it, and submit the report again.{link}\n",
        REPORTS,
    ),
    MailKind.DECIDE: (
        "Cautionary register: a report waits for a decision",
        "A report{about} was countersigned and waits for your decision.{link}\n",
        ADMIN,
    ),
    MailKind.DECIDED: (
        "Cautionary register: your report was decided",
        "A decision was made on your report{about}.\n\n"
        "Sign in to see where it stands. Thank you for reporting.{link}\n",
        REPORTS,
    ),
    MailKind.BULLETIN: (
        "Cautionary register: there is a new entry",
        "There is a new entry on the register.\n\n"
        "Sign in and check before you visit, ring or meet somebody.{link}\n\n"
        "This message says nothing about the entry, and should not. Please do not reply with a "
        "name.\n",
        CHECK,
    ),
    MailKind.LETTER_DUE: (
        "Cautionary register: a letter is due",
        "A letter to an individual{about} is due, and has not been sent.{link}\n",
        ADMIN,
    ),
    MailKind.LETTER: (
        "A letter to you from the council",
        "Please find a letter to you attached, as a PDF document.\n\n"
        "The letter says whom to write to if you have a question. Nobody reads replies to this "
        "message.\n",
        "",
    ),
    MailKind.HEARING: (
        "Cautionary register: an appeal or a review waits for you",
        "An appeal or a review{about} waits for those who hear it, and you are one of them."
        "{link}\n",
        ADMIN,
    ),
    MailKind.APPEAL_COMMENT: (
        "Cautionary register: please comment on an appeal",
        "Somebody has appealed after an incident that concerned you. You can comment before it is "
        "decided.\n\n"
        "Please sign in and do so, or say that you do not wish to.{link}\n",
        ACCOUNTS,
    ),
    MailKind.APPEAL_DUE: (
        "Cautionary register: an appeal or a complaint is due",
        "An appeal or a complaint{about} is due to be answered.{link}\n",
        ADMIN,
    ),
    MailKind.REVIEW_DUE: (
        "Cautionary register: entries are due for review",
        "Entries lapse in the next quarter unless they are reviewed before.{link}\n",
        ADMIN,
    ),
    MailKind.REVIEW_SIGN: (
        "Cautionary register: a review waits for your signature",
        "The review of an entry{about} waits for your signature.{link}\n",
        ADMIN,
    ),
    MailKind.QUARTER_DUE: (
        "Cautionary register: the quarterly check is due",
        "The quarterly check of the register is due.{link}\n",
        ADMIN,
    ),
    MailKind.ANCHOR: (
        "Cautionary register: where the access record ends today",
        "Please keep this message where nobody who runs the intranet can delete it.\n\n"
        "{anchor}\n\n"
        "That is the number of the last line of the access record, and its digest. With it the "
        "command cautionary_verify shows whether a line was changed or taken out since.\n",
        "",
    ),
    MailKind.UNUSUAL_USE: (
        "Cautionary register: there was unusual use",
        "Somebody used the register {reference} in an unusual way yesterday: a great many looks, "
        "or a look at somebody of the same surname.\n\n"
        "Please see who looked, and ask them where it is not plain.{link}\n",
        ADMIN,
    ),
    MailKind.REFER: (
        "Cautionary register: a report may be one for the panel",
        "A report{about} waits for an Operations Manager to put it before the panel, or to send "
        "it back.{link}\n",
        ADMIN,
    ),
    MailKind.REFERRED: (
        "Cautionary register: a case waits for the panel",
        "A case{about} waits for a place on the agenda of the panel.{link}\n",
        ADMIN,
    ),
    MailKind.MEETING: (
        "Unreasonable Behaviours Panel: invitation",
        "You are invited to a meeting of the panel{about}.\n\n"
        "The calendar entry is attached. The agenda and the papers are on the intranet, and "
        "nowhere else.{link}\n",
        ADMIN,
    ),
    MailKind.MEETING_CHANGED: (
        "Unreasonable Behaviours Panel: a meeting has changed",
        "The time or the place of a meeting of the panel{about} has changed.\n\n"
        "The new calendar entry is attached.{link}\n",
        ADMIN,
    ),
    MailKind.MEETING_CANCELLED: (
        "Unreasonable Behaviours Panel: a meeting is cancelled",
        "A meeting of the panel{about} does not take place.\n\n"
        "What was on its agenda waits for the next one.\n",
        "",
    ),
    MailKind.NOT_NEEDED: (
        "Unreasonable Behaviours Panel: you are not needed at a meeting",
        "You are not needed at a meeting of the panel{about} any more. Please take it out of your "
        "calendar.\n",
        "",
    ),
    MailKind.PAPERS: (
        "Unreasonable Behaviours Panel: papers are released",
        "Papers of a meeting of the panel{about} can be read now.\n\n"
        "Please declare any conflict of interest before you read on.{link}\n",
        ADMIN,
    ),
    MailKind.CONFLICT: (
        "Unreasonable Behaviours Panel: a conflict of interest waits for you",
        "A member of the panel has declared a conflict of interest in a case{about}.\n\n"
        "Please decide whether they may take part. They are shut out until you do.{link}\n",
        ADMIN,
    ),
    MailKind.CONFLICT_DECIDED: (
        "Unreasonable Behaviours Panel: your declaration was decided",
        "It was decided whether you may take part in a case in which you declared a conflict of "
        "interest.{link}\n",
        ADMIN,
    ),
    MailKind.URGENT: (
        "Unreasonable Behaviours Panel: an entry was added ahead of a meeting",
        "An entry{about} was added to the schedule at once. The next meeting ratifies it, or it "
        "ends.{link}\n",
        ADMIN,
    ),
    MailKind.PANEL_DECIDED: (
        "Unreasonable Behaviours Panel: a case was decided",
        "The panel has decided on a case{about}.{link}\n",
        ADMIN,
    ),
    MailKind.TO_DIRECTOR: (
        "Cautionary register: the panel refers a case to you",
        "The panel found a high risk{about}. Please say whether the report is taken up for the "
        "register.{link}\n",
        ADMIN,
    ),
    MailKind.DIVERT: (
        "Cautionary register: an e-mail divert waits to be switched",
        "An e-mail divert{about} is to be switched on or off. What it is, is on the intranet."
        "{link}\n",
        ADMIN,
    ),
    MailKind.SPOC: (
        "Cautionary register: you are a single point of contact",
        "You were named as single point of contact for a customer. Whose, is on the intranet."
        "{link}\n",
        CUSTOMERS,
    ),
    MailKind.SPECIALIST: (
        "Cautionary register: your advice is asked for",
        "The panel asks for your advice as a specialist colleague. About what, is on the "
        "intranet.{link}\n",
        TASKS,
    ),
    MailKind.FOLLOW_UP: (
        "Cautionary register: a follow-up action is yours",
        "An action that follows from a decision of the panel is yours. What it is, is on the "
        "intranet.{link}\n",
        TASKS,
    ),
    MailKind.COURT: (
        "Cautionary register: support for an employee",
        "An employee whom you manage was summoned to give evidence. Please offer them your "
        "support, and say when you did.{link}\n",
        TASKS,
    ),
    # The two to partners are encrypted: these words are all that stands outside.
    MailKind.PARTNER: ("Encrypted message from the council", "\n", ""),
    MailKind.WITHDRAWAL: ("Encrypted message from the council", "\n", ""),
    MailKind.CERTIFICATE: (
        "Cautionary register: a certificate waits for your approval",
        "A certificate of a partner{about} was uploaded. It counts once a second person has "
        "compared its fingerprint with the partner and approved it.{link}\n",
        ADMIN,
    ),
    MailKind.PARTNER_EXPIRY: (
        "Cautionary register: a certificate or an agreement runs out",
        "A certificate or the agreement of a partner{about} runs out soon. Without it nothing is "
        "shared with them.{link}\n",
        ADMIN,
    ),
    MailKind.SYSTEM_EXPIRY: (
        "Cautionary register: the term of a system is over soon",
        "A program that checks or reports by itself{about} is approved until a day that is near. "
        "From that day its calls are refused, and whoever relies on them is not warned. Name it "
        "anew before, or tell those who use it.{link}\n",
        ADMIN,
    ),
    MailKind.BRIEFING_SESSION: (
        "Cautionary register: you are expected at a briefing",
        "You are expected at a briefing for those who read the register. When and where it is, is "
        "on the intranet.{link}\n",
        TRAINING,
    ),
    MailKind.BRIEFING_OFF: (
        "Cautionary register: a briefing does not take place",
        "A briefing that you were expected at does not take place. Your trainer will offer "
        "another.{link}\n",
        TRAINING,
    ),
    MailKind.STAFF_REMINDER: (
        "Please report violent or threatening incidents",
        "Every member of staff reports every violent or threatening incident at work, and every "
        "concern that there may be one. You do so on the intranet, with your password alone, and "
        "it takes a few minutes.{link}\n\n"
        "Please do not answer this message with a name.\n",
        REPORT,
    ),
    MailKind.BRIEFING_DUE: (
        "Cautionary register: you need a briefing",
        "You have access to the register, and your briefing runs out soon, has lapsed or is "
        "missing.\n\n"
        "Without it the register is shut to you. Please ask your trainer for a session, and see "
        "how you stand.{link}\n",
        TRAINING,
    ),
}
