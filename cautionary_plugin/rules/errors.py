"""Every error that the package raises, in one tree.

::

    CautionaryError
    ├── NotAllowed                who: the person may not do this
    │   ├── NotYourPost           holds no post (or deputyship) with the power
    │   ├── NoReadingGrant        no live grant, post or emergency access to read this register
    │   ├── NoSuchEntry           no live entry with this reference for this person
    │   ├── BriefingLapsed        briefed too long ago, or never (A49)
    │   ├── NotSignedIn           no account in use stands behind the request
    │   ├── SystemRefused         a named system does more than its approval says, or elsewhere
    │   ├── SecondFactorMissing   not enrolled, not verified, or verified too long ago
    │   ├── SamePerson            the act needs a second person and this is the first one again
    │   ├── Excluded              took part in what is appealed against (A25), or is shut out (B11)
    │   ├── NoContact             the partner does not come into contact with customers (A43)
    │   ├── NoSeat                has no seat at this item of the panel now (B7, B8)
    │   └── NotYours              it belongs to a colleague
    ├── NotNow                    whether: the state or the rule does not admit it now
    │   ├── IllegalMove           the table of states has no such move
    │   ├── AlreadyDone           somebody was faster
    │   ├── NotReady              something that must come first is missing; carries what
    │   ├── TooLate               the last day for it has passed
    │   ├── LastOwner             the register would be left without an owner
    │   ├── NobodyToTell          emergency access that nobody would hear of
    │   ├── NotAnchored           nobody outside could be told where the access record ends
    │   ├── NotStored             the storage of evidence does not answer, or lacks the file
    │   └── TooManyAttempts       throttled; carries how long to wait
    ├── BadInput                  what came in cannot be used; carries messages by field
    ├── ChainBroken               the access record is not as it was written; carries the line
    ├── ErasuresUnknown           the database lacks what the journal says was erased
    ├── Infected                  a scanner found something harmful in an upload
    ├── LookupOutOfStep           rows were written past the actions; no check can be trusted
    └── SealingError              keys and sealed values
        ├── KeyUnavailable        the keyring cannot be read or lacks the wrapping key
        └── CannotOpen            the sealed value was altered, moved, or sealed under another key

No message carries personal data: messages end up in logs, mail and error trackers.
"""

from collections.abc import Callable


class CautionaryError(Exception):
    """The root: catch this to catch whatever the package refuses or fails to do."""


class NotAllowed(CautionaryError):
    """The person may not do this."""


class NotYourPost(NotAllowed):
    """The person holds no post, nor a deputyship, with the power that this act needs (A5)."""


class NoReadingGrant(NotAllowed):
    """The person has no live grant, post or emergency access to read this register (A40)."""


class NoSuchEntry(NotAllowed):
    """No live entry with this reference on a register that the person reads.

    There is none, it has expired, or it is on another register: from outside all look the same.
    """


class BriefingLapsed(NotAllowed):
    """The person was briefed more than two years ago, or never (A49)."""


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the account is out of use."""


class SystemRefused(NotAllowed):
    """A named system does what its approval does not say, or from another place (A40)."""


class SecondFactorMissing(NotAllowed):
    """The second factor is not enrolled, not given in this session, or given too long ago."""


class SamePerson(NotAllowed):
    """The act takes two people, and this is the first one again."""


class Excluded(NotAllowed):
    """The person took part in what an appeal is against, and so cannot hear it (A25).

    Or they are implicated in a case before the panel, or related to the customer (B11).
    """


class NoSeat(NotAllowed):
    """The person has no seat at this item: absent, excluded, not briefed, or no member (B7, B8)."""


class NoContact(NotAllowed):
    """The partner neither meets the individuals nor enters their premises (A43)."""


class NotYours(NotAllowed):
    """The draft, the report or the invitation is a colleague's."""


class NotNow(CautionaryError):
    """The person may, but the state of things or a rule does not admit it now."""


class IllegalMove(NotNow):
    """The table of states has no such move."""


class AlreadyDone(NotNow):
    """Somebody else was faster, or the same button was pressed twice."""


class NotReady(NotNow):
    """Something that must come first is missing.

    :ivar missing: each thing that is missing, as a sentence for the screen.
    """

    def __init__(self, message: str, *, missing: list[str]) -> None:
        super().__init__(message)
        self.missing = missing


class TooLate(NotNow):
    """The last day for it has passed."""


class LastOwner(NotNow):
    """The register would be left without an owner, and nobody could appoint the next."""


class NobodyToTell(NotNow):
    """Emergency access is refused, because nobody would be told of it."""


class NotAnchored(NotNow):
    """Nobody outside could be told where the access record ends (L5)."""


class NotStored(NotNow):
    """The storage of evidence does not answer, or lacks the file."""


class TooManyAttempts(NotNow):
    """Too many failed attempts.

    :ivar wait_seconds: whole seconds until the next attempt is looked at.
    """

    def __init__(self, message: str, *, wait_seconds: int) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class BadInput(CautionaryError):
    """What came in cannot be used.

    :ivar problems: field name → sentences for the person who typed it. The empty string
        stands for the input as a whole.
    """

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__("The input cannot be used: " + ", ".join(sorted(problems) or ["form"]))
        self.problems = problems


class ChainBroken(CautionaryError):
    """The access record is not as it was written (L5).

    :ivar number: the first line that is wrong; None where it is not about one line.
    """

    def __init__(self, message: str, *, number: int | None = None) -> None:
        super().__init__(message)
        self.number = number


class ErasuresUnknown(CautionaryError):
    """A backup was restored that holds what was erased, or the journal cannot be read (L7)."""


def gather(*checks: Callable[[], object]) -> None:
    """Run each check, and complain of all that is wrong at once: a form is mended in one go.

    :raises BadInput: with the problems of every check that failed.
    """
    problems: dict[str, list[str]] = {}
    for check in checks:
        try:
            check()
        except BadInput as problem:
            for field, sentences in problem.problems.items():
                problems.setdefault(field, []).extend(sentences)
    if problems:
        raise BadInput(problems)


class Infected(CautionaryError):
    """What a scanner raises when an upload is harmful (``CAUTIONARY_EVIDENCE_SCANNER``)."""


class LookupOutOfStep(CautionaryError):
    """Rows were written or removed past the actions, so that no check can be trusted (L4)."""


class SealingError(CautionaryError):
    """Something about keys or sealed values."""


class KeyUnavailable(SealingError):
    """The keyring cannot be read, or it lacks the wrapping key that is asked for."""


class CannotOpen(SealingError):
    """The sealed value was altered, moved from its place, or sealed under another key."""
