"""My second factor: what there is, how many recovery codes are left, and new ones."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.second_factor import check_by_phone
from cautionary_plugin.actions.second_factor import renew_recovery_codes
from cautionary_plugin.models import Authenticator, RecoverySheet

from .forms import KeptForm
from .page import page


@require_safe
def mine(request: GatedRequest) -> HttpResponse:
    """The person's own phone and sheet."""
    phone = Authenticator.of(request.user)
    sheet = RecoverySheet.objects.filter(user=request.user).first()
    left = sheet.codes.filter(used_at=None).count() if sheet else 0
    return page(request, "mine", phone=phone, sheet=sheet, left=left)


@require_POST
def renew(request: GatedRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    check_by_phone(request)
    codes = renew_recovery_codes(user=request.user, at=request.now)
    return page(request, "codes", codes=codes, form=KeptForm())
