"""Where the screens of training lie, and the way back from each."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.models import BriefingSession

FOLDER = "cautionary_plugin/admin/training"
METHODS = ["GET", "HEAD", "POST"]


def home() -> str:
    """The trainer's desk."""
    return reverse("cautionary_training")


def page_of(session: BriefingSession) -> str:
    """One session's page."""
    return reverse("cautionary_session", args=[session.pk])


def trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    """Breadcrumbs from the trainer's desk."""
    steps = [(_("Training"), home() if further else ""), *further]
    return [{"label": label, "url": url} for label, url in steps]
