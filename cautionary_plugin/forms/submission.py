"""Hand a form to an action, and bring the action's complaints back to the form."""

from collections.abc import Callable
from typing import Any

from django import forms

from cautionary_plugin.rules.errors import BadInput, CautionaryError, SealingError


def submit(form: forms.Form, act: Callable[[], Any]) -> Any | None:
    """What the action returns; None when there is a fault, which then stands on the form.

    What was typed stays on the form. A key that is missing is not the typist's fault and goes on
    to the gate.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except BadInput as problem:
        for field, sentences in problem.problems.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
    except SealingError:
        raise
    except CautionaryError as refusal:
        form.add_error(None, str(refusal))
    return None
