"""The words of an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ProseField


class AccountForm(forms.Form):
    """One's own version of events."""

    text = ProseField(
        label=_("What you saw and heard yourself"),
        help_text=_("In the order in which it happened. Facts, not opinions about the person."),
        max_length=20000,
        rows=12,
    )


class CommentForm(forms.Form):
    """A comment on an appeal."""

    text = ProseField(
        label=_("Your comment"),
        help_text=_("What those who hear the appeal should know from you."),
        max_length=20000,
        rows=12,
    )
