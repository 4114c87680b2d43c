"""The closed lists that the policies and the field use, each with the words that people see.

Plain enumerations: the database stores the code, screens show the label. A council's own
wording belongs in the handling instructions, not in a new code.
"""

from enum import StrEnum
from typing import Self


class Vocabulary(StrEnum):
    """A list of codes, each with its label: ``MEMBER = "code", "Label"``."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label, as Django's forms and fields take them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def from_words(cls, words: str) -> Self | None:
        """The member whose code or label was typed, whatever the case and spacing; else None."""
        wanted = " ".join(words.replace("_", " ").replace("-", " ").casefold().split())
        for member in cls:
            spellings = (member.value.replace("_", " "), member.label.replace("-", " "))
            if wanted in [spelling.casefold() for spelling in spellings]:
                return member
        return None


class Route(Vocabulary):
    """Who decides on a register."""

    DIRECTOR = "director", "A director decides"
    PANEL = "panel", "A panel decides"


class Nation(Vocabulary):
    """Whose bank holidays count (A20, A22)."""

    ENGLAND = "ENG", "England"
    WALES = "WLS", "Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"


class Risk(Vocabulary):
    """The level of risk (B18)."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Marker(Vocabulary):
    """What kind of behaviour or hazard the entry is about (A1, A2)."""

    VIOLENCE = "violence", "Violence"
    THREATS = "threats", "Threats of violence"
    WEAPON = "weapon", "Weapon"
    BULLYING = "bullying", "Bullying or intimidation"
    SEXUAL_HARASSMENT = "sexual_harassment", "Sexual harassment or risk of sexual assault"
    RACIAL_HARASSMENT = "racial_harassment", "Racial harassment"
    STALKING = "stalking", "Stalking"
    VEXATIOUS = "vexatious", "Vexatious contact"
    DANGEROUS_ANIMAL = "dangerous_animal", "Dangerous animal"
    HAZARD = "hazard", "Hazard at the premises"


class ControlMeasure(Vocabulary):
    """What staff do to stay safe (L12)."""

    TWO_PERSON_VISIT = "two_person_visit", "Do not visit alone"
    NO_HOME_VISIT = "no_home_visit", "No home visits"
    PHONE_FIRST = "phone_first", "Phone first"
    OFFICE_ONLY = "office_only", "See at the office only"
    SCREENED_DESK = "screened_desk", "Use the screened interview room"
    POLICE_ADVICE = "police_advice", "Take police advice before visiting"
    FEMALE_STAFF = "no_lone_female", "No lone female staff"
    MALE_STAFF = "no_lone_male", "No lone male staff"
    CALL_BACK = "call_back", "Agree a call-back time with your team"
    ANIMAL_SECURED = "animal_secured", "Ask for the animal to be secured before you enter"
    WRITING_ONLY = "writing_only", "Contact in writing only"


class Restriction(Vocabulary):
    """Which contact and services are limited (B2). What may never be is not in the list (L11)."""

    OFFICE_VISITS = "office_visits", "Visits to council offices by appointment only"
    TELEPHONE = "telephone", "No telephone contact"
    EMAIL = "email", "E-mail to the single point of contact only"
    SOCIAL_MEDIA = "social_media", "No contact through social media"
    LIBRARIES = "libraries", "Libraries"
    LEISURE = "leisure", "Leisure centres"
    HOME_SERVICES = "home_services", "Services at home"

    @property
    def is_of_contact(self) -> bool:
        """Whether it limits how the individual may reach the council, and no service (B33)."""
        return self in (self.OFFICE_VISITS, self.TELEPHONE, self.EMAIL, self.SOCIAL_MEDIA)


class LegalCondition(Vocabulary):
    """The lawful condition that an entry rests on (L9)."""

    LEGAL_OBLIGATION = "legal_obligation", "Health and safety law: duty of care to employees"
    PUBLIC_TASK = "public_task", "Public task"
    VITAL_INTERESTS = "vital_interests", "Vital interests"
    PREVENTING_CRIME = "preventing_crime", "Preventing or detecting unlawful acts"


class Purpose(Vocabulary):
    """Why somebody checks the register (L5). A closed list: free text would collect names."""

    HOME_VISIT = "home_visit", "A visit to a home or site"
    APPOINTMENT = "appointment", "An appointment at an office"
    PHONE_CALL = "phone_call", "A phone call or a letter"
    RISK_ASSESSMENT = "risk_assessment", "A risk assessment for my team"
    SUPERVISION = "supervision", "Supervising the register"


class SubjectKind(Vocabulary):
    """A person, or premises (A1, A2)."""

    PERSON = "person", "Person"
    PREMISES = "premises", "Premises"


class Act(Vocabulary):
    """What the access record says was done (L5)."""

    CHECKED = "checked", "Checked the register"
    SHOWN = "shown", "Was shown an entry by a check"
    VIEWED = "viewed", "Viewed an entry"
    ACKNOWLEDGED = "acknowledged", "Acknowledged an entry"
    LISTED = "listed", "Opened a list of entries"
    REFUSED = "refused", "Was refused"
    DRY_RUN = "dry_run", "Tried a legacy list"
    IMPORTED = "imported", "Brought in a legacy list"
    DECLARED = "declared", "Declared the legacy list destroyed"
    SIGNED_OFF = "signed_off", "Signed off an entry"
    APPOINTED = "appointed", "Changed who holds a post"
    GRANTED = "granted", "Changed a reading grant"
    BRIEFED = "briefed", "Recorded a briefing"
    BROKE_GLASS = "broke_glass", "Took emergency access"
    SECOND_FACTOR = "second_factor", "Changed a second factor"
    SET_UP = "set_up", "Changed a register"
    REPORTED = "reported", "Reported an incident or a concern"
    READ_REPORT = "read_report", "Opened a report"
    EVIDENCE = "evidence", "Added or removed evidence"
    READ_EVIDENCE = "read_evidence", "Opened evidence"
    STATEMENT = "statement", "Gave or declined an account"
    POLICE = "police", "Recorded what the Police know"
    COUNTERSIGNED = "countersigned", "Countersigned or returned a report"
    DECIDED = "decided", "Decided on a report"
    CORRECTED = "corrected", "Corrected or disputed a fact"
    LETTER = "letter", "Wrote, issued or sent a letter"
    READ_LETTER = "read_letter", "Opened a letter"
    EXEMPTED = "exempted", "Decided not to inform the individual"
    BULLETIN = "bulletin", "Told staff of a new entry"
    APPEAL = "appeal", "Recorded, heard or settled an appeal"
    READ_APPEAL = "read_appeal", "Opened the papers of an appeal"
    COMPLAINT = "complaint", "Recorded or answered a complaint"
    REVIEWED = "reviewed", "Signed or closed a review"
    QUARTERLY = "quarterly", "Signed the quarterly check"
    REMOVED = "removed", "Ended an entry"
    HELD_LEGALLY = "legal_hold", "Placed or lifted a legal hold"
    ERASED = "erased", "Erased a file"
    REFERRED = "referred", "Referred a case to the panel, or to a director"
    READ_CASE = "read_case", "Opened a case of the panel"
    MEETING = "meeting", "Planned or ran a meeting of the panel"
    READ_PAPERS = "read_papers", "Opened the papers of a case"
    READ_MINUTES = "read_minutes", "Opened the minutes of a meeting"
    CONFLICT = "conflict", "Declared or decided on a conflict of interest"
    ITEM = "item", "Ran an item of the agenda"
    CONSULTED = "consulted", "Consulted Mosaic or another system"
    VOTED = "voted", "Voted on a case"
    PANEL_DECIDED = "panel_decided", "Recorded a decision of the panel"
    ADDED_URGENTLY = "added_urgently", "Added an entry ahead of the panel"
    SPOC = "spoc", "Arranged a single point of contact"
    DIVERT = "divert", "Prepared, switched or ended an e-mail divert"
    QUESTIONNAIRE = "questionnaire", "Recorded a questionnaire or a specialist’s advice"
    FOLLOWED_UP = "followed_up", "Recorded a follow-up action"
    COURT = "court", "Recorded support for a summoned employee"
    WHO_LOOKED = "who_looked", "Reviewed who looked"
    PARTNER = "partner", "Changed what is on file of a partner"
    READ_PARTNER = "read_partner", "Opened what is on file of a partner"
    CERTIFICATE = "certificate", "Uploaded, approved or revoked a certificate"
    AUDIENCE = "audience", "Changed whom an entry is for"
    SHARED = "shared", "Shared an entry with a partner"
    NOT_SHARED = "not_shared", "Was refused to share with a partner without contact"
    WITHDRAWN = "withdrawn", "Told a partner to delete an entry"
    FIGURES = "figures", "Opened or downloaded the figures of a year"
    PACK = "pack", "Worked on an answer to a subject access request"
    READ_PACK = "read_pack", "Opened or downloaded a subject access pack"
    DELETED = "deleted", "Recorded that a partner has deleted an entry"
    SYSTEM = "system", "Named, approved or ended a system"
    TRAINING = "training", "Planned or closed a briefing session"
    READ_PAGE = "read_page", "Confirmed that they have read a policy or training page"
    GO_LIVE = "go_live", "Confirmed a step of the go-live checklist"
    STARTER = "starter", "Confirmed what a new colleague was told"
    REMINDED = "reminded", "Reminded all staff to report"


class Outcome(Vocabulary):
    """How a check ended (L4). There is no fourth."""

    FOUND = "found", "Found"
    NONE_RECORDED = "none", "None recorded"
    FAILED = "failed", "The check failed"


class Trigger(Vocabulary):
    """What an employee must report (A2, A6)."""

    ACT = "act", "An act of violence, bullying or harassment"
    THREAT = "threat", "A threat"
    SEXUAL_ASSAULT_RISK = "sexual_risk", "A notified risk of sexual assault"
    CONCERN = "concern", "Another clearly identifiable concern"
    ANIMAL = "animal", "A dangerous animal at an address"
    UNREASONABLE = "unreasonable", "Unreasonable, abusive or vexatious contact"


class CountersignOutcome(Vocabulary):
    """What a countersigner says (A8)."""

    CONFIRMED = "confirmed", "Confirmed"
    RETURNED = "returned", "Sent back"


class DecisionOutcome(Vocabulary):
    """How a director decides on a report (A10)."""

    ADD = "add", "Add to the register"
    JOIN = "join", "Add to the file of an entry that is there already"
    WARNING = "warning", "Write a warning letter, without an entry"
    DECLINE = "decline", "Do not add"


class WhyEnded(Vocabulary):
    """Why an entry counts no more."""

    EXPIRED = "expired", "Its term was over"
    REVIEW = "review", "Removed at a review"
    APPEAL = "appeal", "Removed on appeal"
    ERROR = "error", "Entered in error"
    PANEL = "panel", "Removed by the panel"
    UNRATIFIED = "unratified", "The panel did not ratify it"


class LetterKind(Vocabulary):
    """What is written to the individual (A22, A24, A37)."""

    ADDITION = "addition", "Addition to the register"
    RETENTION = "retention", "Retention on the register"
    APPEAL = "appeal", "Outcome of an appeal"
    REMOVAL = "removal", "Removal from the register"
    WARNING = "warning", "Warning, without an entry"
    SCHEDULE = "schedule", "Inclusion on the schedule, low or medium risk"
    SCHEDULE_HIGH = "schedule_hi", "Inclusion on the schedule, high risk"
    EXPECTED = "expected", "Expected behaviour, without an entry"
    SPOC = "spoc", "Single point of contact"
    DIVERT = "divert", "E-mail divert"


class SentBy(Vocabulary):
    """How a letter was sent."""

    POST = "post", "Post"
    EMAIL = "email", "E-mail"


class AppealOutcome(Vocabulary):
    """How an appeal ends (A24)."""

    DISMISSED = "dismissed", "The entry stays as it is"
    VARIED = "varied", "The entry is changed"
    UPHELD = "upheld", "The entry ends"


class ReviewOutcome(Vocabulary):
    """How a review ends (A33)."""

    RETAIN = "retain", "Keep the entry for a further period"
    LAPSE = "lapse", "Let the entry end on its day"
    REMOVE = "remove", "Remove the entry now"


class PolicyText(Vocabulary):
    """The texts that the policy is read with (A4)."""

    LONE_WORKING = "lone_working", "Lone working procedures"
    RISK_ASSESSMENT = "risk_assessment", "Team risk assessments"
    HEALTH_AND_SAFETY = "health_and_safety", "Health and safety policy, section C, part 8"
    HSE_GUIDANCE = "hse_guidance", "HSE guidance on threatening behaviour (Appendix A)"

    @classmethod
    def for_route(cls, route: str) -> list["PolicyText"]:
        """The texts of a register: the guidance of Appendix A is the panel's alone (B18)."""
        return [text for text in cls if text != cls.HSE_GUIDANCE or route == Route.PANEL]


class CaseKind(Vocabulary):
    """Why a case is before the panel."""

    REFERRAL = "referral", "Referral"
    RENEWAL = "renewal", "Renewal"
    RATIFICATION = "ratification", "Ratification of an urgent addition"
    RECONSIDERATION = "reconsider", "Reconsideration, on a specialist’s advice"
    CORRECTION = "correction", "Correction of a decision"


class MeetingMode(Vocabulary):
    """How the panel meets (B6)."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"


class Capacity(Vocabulary):
    """As what somebody attends a meeting of the panel (B5, B8, B12, B13)."""

    MEMBER = "member", "Panel member"
    DEPUTY = "deputy", "Deputy"
    PRESENTER = "presenter", "Presenter, no vote"
    LEGAL = "legal", "Legal Services, advisory, no vote"
    CLERK = "clerk", "Clerk, no vote"


class Choice(Vocabulary):
    """How a member votes."""

    FOR = "for", "For"
    AGAINST = "against", "Against"
    ABSTAIN = "abstain", "Abstained"


class PanelOutcome(Vocabulary):
    """What the panel is asked to decide (B15–B19, B27, B41, B52)."""

    NO_ACTION = "no_action", "No action"
    LETTER = "letter", "A letter of expected behaviour, without an entry"
    SPOC = "spoc", "A single point of contact, without an entry"
    ENTRY = "entry", "An entry on the schedule"
    RATIFY = "ratify", "Ratify the urgent addition"
    RENEW = "renew", "Renew the entry for twelve months"
    LAPSE = "lapse", "Let the entry end on its day"
    REMOVE = "remove", "End the entry now"


class Health(Vocabulary):
    """What is known of health, conditions or disabilities, the panel's first question (B20)."""

    NONE_KNOWN = "none_known", "Nothing is known of any"
    KNOWN = "known", "There may be some, and the approach takes account of them"


class Adjustment(Vocabulary):
    """Changes to the approach (B21); a closed list, so that nothing clinical is copied (B22)."""

    SPECIALIST_FIRST = "specialist_first", "Speak to a specialist colleague before acting"
    ADVOCATE = "advocate", "Invite an advocate or a support worker"
    PLAIN_WORDS = "plain_words", "Write in plain words or Easy Read"
    INTERPRETER = "interpreter", "Use an interpreter"
    SHORT_CALLS = "short_calls", "Short contacts at agreed times"
    KNOWN_OFFICER = "known_officer", "Contact through an officer whom they know"
    QUIET_PLACE = "quiet_place", "Meet in a quiet place"


class System(Vocabulary):
    """Which system was consulted (B22)."""

    MOSAIC = "mosaic", "Mosaic"
    OTHER = "other", "Another system"


class LetterFirst(Vocabulary):
    """Whether a letter of expected behaviour was tried first (B17)."""

    TRIED = "tried", "It was tried, and the behaviour went on"
    UNSUITABLE = "unsuitable", "It was not tried, because it would not do here"
    SUITABLE = "suitable", "It was not tried, and should be"


class Allocation(Vocabulary):
    """Where a single point of contact is based (B25)."""

    SERVICE = "service", "A Service Manager in the service concerned"
    ASSURANCE = "assurance", "Assurance Service: several services are concerned"
    LOCALITY = "locality", "An operations manager in the locality: there are health issues"


class HeardBy(Vocabulary):
    """Who hears an appeal or a review (A25, B37, B50)."""

    CMT = "cmt", "Members of CMT"
    DIRECTOR = "director", "A director who did not decide"
    PANEL = "panel", "Panel members who did not decide"
    MONITORING_OFFICER = "monitoring", "The Monitoring Officer"


class PageKind(Vocabulary):
    """What a page of the intranet is to the register (A47, A48, L9)."""

    POLICY = "policy", "Policy"
    TRAINING = "training", "Training"
    POLICY_DOCUMENT = "policy_document", "Appropriate policy document"
    IMPACT_ASSESSMENT = "impact", "Data protection impact assessment"
    GOVERNANCE = "governance", "Other document of governance"


class Relevance(Vocabulary):
    """What the register means for somebody's job (A48)."""

    VISITS = "visits", "They visit people at home or at work"
    MEETS = "meets", "They meet customers at an office or a counter"
    RINGS = "rings", "They speak to customers by telephone, e-mail or online"
    NONE = "none", "They meet no customers"
