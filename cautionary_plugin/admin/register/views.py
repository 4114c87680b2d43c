"""Sign off an entry that was held (L2)."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.models import Entry


@require_POST
def sign_off(request: GatedRequest, reference: str) -> HttpResponseRedirect:
    """Make a held entry live."""
    entry = get_object_or_404(Entry, reference=reference)
    sign_off_entry(entry=entry, by=request.user, at=request.now)
    url = reverse("cautionary_register_modeladmin_inspect", args=[reference])
    return HttpResponseRedirect(url)
