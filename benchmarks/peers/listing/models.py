"""The register as a plain table would be, indexed by Wagtail's search."""

from django.db import models
from modelsearch import index


class ListedRow(index.Indexed, models.Model):
    """One entry, everything in one text."""

    key = models.CharField(max_length=20, primary_key=True)
    line = models.TextField()

    search_fields = [index.SearchField("line")]

    class Meta:
        app_label = "listing"

    def __str__(self) -> str:
        return self.key
