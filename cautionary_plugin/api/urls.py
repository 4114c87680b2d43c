"""The addresses of the calls, each behind the gate; ``CAUTIONARY_API`` switches them on."""

from django.urls import path

from .call import called
from .document import CALLS

urlpatterns = [
    path(f"api/v1/{address}", called(call), name=name) for name, (address, call) in CALLS.items()
]
