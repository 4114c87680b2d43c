"""A file on somebody, people in it, and notes on the people: each further from the key."""

from django.db import models

from cautionary_plugin.sealing.fields import SealedDateField, SealedJSONField, SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.sealed_models import SealedModel


class Dossier(KeyHolder):
    """A holder with a sealed field of its own."""

    reference = models.CharField(max_length=20, blank=True)
    summary = SealedTextField(blank=True)

    impersonal = {"reference"}

    def __str__(self) -> str:
        return self.reference


class Person(SealedModel):
    """One step from the key."""

    sealed_under = "dossier"
    impersonal = {"dossier", "seen"}

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE)
    seen = models.IntegerField(default=0)
    name = SealedTextField(max_length=40)
    alias = SealedTextField(blank=True, max_length=40)
    born_on = SealedDateField(null=True, blank=True)
    details = SealedJSONField(default=dict, blank=True)
    remark = SealedTextField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Note(SealedModel):
    """Two steps from the key."""

    sealed_under = "person.dossier"
    impersonal = {"person"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    text = SealedTextField()

    def __str__(self) -> str:
        return str(self.pk)
