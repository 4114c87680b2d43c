"""The council's own words of each letter, kept as versions."""

from datetime import datetime
from typing import Any

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import LetterWording, Register
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.letters import check_wording
from cautionary_plugin.rules.vocabulary import Act, LetterKind

from .contents import wording_for
from .owing import check_keeps_letters


@action
def keep_wording(
    *, register: Register, kind: LetterKind, paragraphs: dict[str, str], by: Any, at: datetime
) -> LetterWording:
    """Keep a new version of the words of a letter; letters already issued keep theirs.

    :param paragraphs: item → its words, with placeholders.
    :raises BadInput: an item is empty or has lost what it must name (A23).
    :raises AlreadyDone: these are the words already.
    """
    register = lock(register)
    check_keeps_letters(register, by=by, at=at)
    words = check_wording(kind, paragraphs)
    before, words_before = wording_for(register, kind)
    if words == words_before:
        raise AlreadyDone("These are the words already.")
    record(act=Act.LETTER, by=by, at=at, register=register)
    return LetterWording.objects.create(
        register=register,
        kind=kind,
        version=before.version + 1 if before else 1,
        paragraphs=words,
        made_by=by,
        made_at=at,
    )
