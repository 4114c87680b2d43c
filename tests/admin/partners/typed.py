"""What is pressed and typed about a partner."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cautionary_plugin.models import Partner
from tests.admin.pages import url

RECORD = {"step": "record"}
REASON = "Their officers visit this address every week."
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}


def page_of(partner: Partner) -> str:
    return url("partners_modeladmin_inspect", partner.reference)


def file_of(content: bytes, name: str = "theirs.pem") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
