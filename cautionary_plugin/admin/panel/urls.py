"""The URLs of the panel's meetings: agenda, attendance, papers, conflicts, minutes."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import Needs, View, gated
from cautionary_plugin.actions.panel.minutes import READERS as READS_MINUTES
from cautionary_plugin.actions.panel.papers import READERS as PAPER_READERS
from cautionary_plugin.rules.posts import Power

from . import agenda, attendance, conflicts, joining, meetings, minutes, page, papers

RUNS = Power.RUN_MEETINGS
SITS = frozenset({Power.RUN_MEETINGS, Power.SIT_ON_PANEL})
COMES = PAPER_READERS | READS_MINUTES
DECIDES = frozenset({Power.DECIDE_CONFLICTS, Power.DECIDE_CONFLICTS_FOR_CHAIR})


def _path(route: str, view: View, name: str, needs: Needs, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/panel/{route}", behind, name=f"cautionary_{name}")


urlpatterns = [
    _path("", meetings.meetings, "panel", COMES),
    _path("plan/<slug:slug>/", meetings.plan, "meeting_plan", RUNS),
    _path("meetings/<slug:reference>/", page.meeting, "meeting", COMES),
    _path("meetings/<slug:reference>/change/", meetings.change, "meeting_change", RUNS),
    _path("meetings/<slug:reference>/cancel/", meetings.cancel, "meeting_cancel", RUNS, grave=True),
    _path("meetings/<slug:reference>/open/", meetings.begin, "meeting_open", RUNS),
    _path("meetings/<slug:reference>/close/", meetings.close, "meeting_close", RUNS),
    _path("meetings/<slug:reference>/papers/", agenda.release, "meeting_papers", RUNS),
    _path("meetings/<slug:reference>/fill/", agenda.fill, "meeting_fill", RUNS),
    _path("meetings/<slug:reference>/apologies/", attendance.apologies, "meeting_apologies", COMES),
    _path("meetings/<slug:reference>/coming/", attendance.coming, "meeting_coming", COMES),
    _path(
        "meetings/<slug:reference>/deputy/<int:post>/", attendance.deputy, "meeting_deputy", SITS
    ),
    _path("meetings/<slug:reference>/minutes/", minutes.minutes, "minutes", READS_MINUTES),
    _path("meetings/<slug:reference>/minutes.pdf", minutes.document, "minutes_pdf", READS_MINUTES),
    _path("agenda/<uuid:pk>/<slug:step>/", agenda.step, "agenda_step", RUNS),
    _path("attendees/<int:pk>/<slug:step>/", attendance.step, "attendance", SITS),
    _path("cases/<slug:reference>/papers/", papers.papers, "panel_papers", PAPER_READERS),
    _path("cases/<slug:reference>/conflict/", conflicts.declare, "conflict_declare", SITS),
    _path("cases/<slug:reference>/join/", joining.join, "case_join", RUNS, grave=True),
    _path("conflicts/", conflicts.waiting, "conflicts", DECIDES),
    _path("conflicts/<uuid:pk>/", conflicts.decide, "conflict_decide", DECIDES, grave=True),
    _path("conflicts/<uuid:pk>/pass-on/", conflicts.leave_it, "conflict_pass_on", RUNS),
]
