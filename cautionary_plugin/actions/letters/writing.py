"""The writer's own words, and the issue of a letter: the gate, and then the text is frozen."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import Letter
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotReady
from cautionary_plugin.rules.letters import LONGEST_WORDS
from cautionary_plugin.rules.vocabulary import Act

from .contents import preview
from .owing import check_not_exempt, check_writer, letter_reference, locked
from .panel_facts import OWN_FACTS

OWN = ("why", "addressee", *OWN_FACTS)


@action
def open_letter(*, letter: Letter, by: Any, at: datetime) -> None:
    """Record that somebody opened a letter.

    :raises NotYourPost: ``by`` does not write the letters of this register.
    :raises NoSuchEntry: it is about an entry that has expired (A32).
    """
    check_writer(letter, by=by, at=at)
    check_in_use(letter.case_file, at=at)
    note(letter, Act.READ_LETTER, by, at)


@action
def write_letter(*, letter: Letter, own_words: dict[str, str], by: Any, at: datetime) -> Letter:
    """Keep what the writer says to this individual; it may still be half done.

    A letter that was issued and not sent keeps its frozen text until it is issued anew.

    :param own_words: ``why`` (A23 a), ``addressee`` where the letter goes elsewhere, and what the
        file does not say of the incident, or of why nothing is restricted (B32–B34).
    :raises AlreadyDone: the letter has been sent, or is on its way.
    :raises BadInput: too long.
    """
    letter = locked(letter)
    check_writer(letter, by=by, at=at)
    check_not_gone(letter)
    kept = {name: own_words.get(name, "").strip() for name in OWN}
    if too_long := [name for name, words in kept.items() if len(words) > LONGEST_WORDS]:
        raise BadInput({name: [f"This is longer than {LONGEST_WORDS} signs."] for name in too_long})
    letter.own_words = {name: words for name, words in kept.items() if words}
    letter.save(update_fields=["own_words"])
    note(letter, Act.LETTER, by, at)
    return letter


@action
def issue_letter(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """Sign the letter: from now its text is frozen, in this version of the wording.

    :raises NotReady: an item is missing; or an exemption stands.
    :raises AlreadyDone: it was issued before.
    """
    letter = locked(letter)
    check_writer(letter, by=by, at=at)
    if letter.issued_at is not None:
        raise AlreadyDone("This letter was issued before.")
    return _issue(letter, by, at)


@action
def reissue_letter(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """Put a letter together anew that was issued and not sent: what it says has changed.

    :raises IllegalMove: it was not issued yet.
    :raises AlreadyDone: it has been sent, or is on its way.
    :raises NotReady: as :func:`issue_letter`.
    """
    letter = locked(letter)
    check_writer(letter, by=by, at=at)
    if letter.issued_at is None:
        raise IllegalMove("This letter was not issued yet.")
    check_not_gone(letter)
    return _issue(letter, by, at)


def check_not_gone(letter: Letter) -> None:
    """The letter is still in the house.

    :raises AlreadyDone: it was sent, or an e-mail with it waits to be delivered.
    """
    if letter.sent_on is not None:
        raise AlreadyDone("This letter was sent before.")
    if letter.messages.exists():
        raise AlreadyDone("This letter is on its way by e-mail. Stop that e-mail first.")


def _issue(letter: Letter, by: Any, at: datetime) -> Letter:
    check_not_exempt(letter)
    now = preview(letter, by=by, at=at)
    if now.missing:
        raise NotReady("The letter cannot be issued yet.", missing=now.missing)
    letter.body, letter.wording = now.body.to_json(), now.wording
    letter.issued_at, letter.issued_by = at, by
    letter.save(update_fields=["body", "wording", "issued_at", "issued_by"])
    note(letter, Act.LETTER, by, at)
    return letter


def note(letter: Letter, act: Act, by: Any, at: datetime) -> None:
    """One line of the access record, about this letter."""
    record(act=act, by=by, at=at, register=letter.register, reference=letter_reference(letter))
