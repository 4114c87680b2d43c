"""Case files, and the person or the premises that each is about.

One file on a person, one key: everything personal is sealed under the file's own key, and
destroying the key is the first step of erasing the file.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.identity import PersonIdentity, PremisesIdentity
from cautionary_plugin.rules.vocabulary import SubjectKind
from cautionary_plugin.sealing.fields import SealedDateField, SealedJSONField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import Record


class CaseFile(KeyHolder, Record):
    """The file on one person or one premises, with its key. Its reference is public."""

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    kind = models.CharField(_("about"), max_length=8, choices=SubjectKind.choices())
    opened_at = models.DateTimeField(_("opened at"))
    joined_to = models.ForeignKey(
        "self",
        verbose_name=_("joined to"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="joined",
        help_text=_("The file about the same person or premises that holds the entry"),
    )

    impersonal = {
        "id",
        "reference",
        "kind",
        "opened_at",
        "joined_to",
        "wrapped_key",
        "wrapping_key",
    }

    class Meta(Record.Meta):
        verbose_name = _("case file")
        verbose_name_plural = _("case files")
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> "Person | Premises":
        """The person or the premises that the file is about."""
        return self.person if self.kind == SubjectKind.PERSON else self.premises


class Person(SealedModel, Record):
    """A person on file."""

    sealed_under = "case_file"

    case_file = models.OneToOneField(CaseFile, on_delete=models.CASCADE, related_name="person")
    identity_sealed = SealedJSONField()
    born_on = SealedDateField(null=True, blank=True)

    impersonal = {"id", "case_file"}

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.case_file.reference

    @property
    def identity(self) -> PersonIdentity:
        return PersonIdentity.from_json(self.identity_sealed)


class Premises(SealedModel, Record):
    """A place where something dangerous may be met (A2): an address and no person."""

    sealed_under = "case_file"

    case_file = models.OneToOneField(CaseFile, on_delete=models.CASCADE, related_name="premises")
    identity_sealed = SealedJSONField()

    impersonal = {"id", "case_file"}

    class Meta(Record.Meta):
        verbose_name = _("premises")
        verbose_name_plural = _("premises")

    def __str__(self) -> str:
        return self.case_file.reference

    @property
    def identity(self) -> PremisesIdentity:
        return PremisesIdentity.from_json(self.identity_sealed)
