"""The URLs of reporting. A password is enough: every member of staff can report (decision 8)."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated
from cautionary_plugin.access.uploads import takes_evidence

from . import files, listed, mine, views

ONE = "report/<slug:reference>/"

urlpatterns = [
    path("report/", gated(views.start, needs=Need.SIGNED_IN), name="report"),
    path(
        "report/elsewhere/", gated(views.elsewhere, needs=Need.SIGNED_IN), name="report_elsewhere"
    ),
    path("reports/", gated(mine.my_reports, needs=Need.SIGNED_IN), name="my_reports"),
    path(ONE, gated(views.resume, needs=Need.SIGNED_IN), name="resume_report"),
    path(f"{ONE}check/", gated(views.check, needs=Need.SIGNED_IN), name="check_report"),
    path(f"{ONE}sent/", gated(views.sent, needs=Need.SIGNED_IN), name="report_sent"),
    path(f"{ONE}discard/", gated(mine.discard, needs=Need.SIGNED_IN), name="discard_report"),
    path(
        f"{ONE}evidence/",
        gated(takes_evidence(files.evidence), needs=Need.SIGNED_IN),
        name="report_evidence",
    ),
    path(
        f"{ONE}evidence/<uuid:key>/remove/",
        gated(files.remove, needs=Need.SIGNED_IN),
        name="remove_evidence",
    ),
    path(
        f"{ONE}<slug:page>/listed/",
        gated(listed.listed, needs=Need.SIGNED_IN),
        name="report_listed",
    ),
    path(f"{ONE}<slug:page>/", gated(views.page, needs=Need.SIGNED_IN), name="report_page"),
]
