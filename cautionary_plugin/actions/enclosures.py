"""What goes out with a letter, and is awaited back (B38)."""

from cautionary_plugin.models import Letter, Questionnaire
from cautionary_plugin.rules.letters import WITH_QUESTIONNAIRE

from .base import action


@action
def enclose(letter: Letter) -> Questionnaire | None:
    """The questionnaire of a letter is out, once the letter is; None where none goes with it."""
    if letter.kind not in WITH_QUESTIONNAIRE:
        return None
    out, _made = Questionnaire.objects.get_or_create(
        letter=letter, defaults={"case_file": letter.case_file}
    )
    return out
