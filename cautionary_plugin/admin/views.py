"""The three views of a record screen: the list, one row, its history."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import WMABaseView

from cautionary_plugin.access.gate import GatedRequest

from .base import Line, Told


class ScreenView(WMABaseView):
    """What the three share: the screen, breadcrumbs, and rows only from the screen's queryset."""

    http_method_names = ["get", "head", "options"]
    request: GatedRequest

    def __init__(self, model_admin: Any) -> None:
        super().__init__(model_admin)
        self.screen = model_admin.screen

    def row(self, key: str) -> Any:
        """The row that the URL names, if the person may see it."""
        rows = self.screen.rows(self.request)
        try:
            row = rows.filter(**{self.screen.key: key}).first()
        except (ValueError, ValidationError):  # no key at all
            row = None
        if row is None:
            raise Http404
        return row

    def url(self, action: str, *args: str) -> str:
        return reverse(self.model_admin.url_name(action), args=args)

    def key_of(self, row: Any) -> str:
        return str(getattr(row, self.screen.key))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = kwargs.pop("title", self.screen.label)
        trail = kwargs.pop("trail", [])
        crumbs = [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": self.url("index"), "label": self.screen.label},
            *trail,
        ]
        return super().get_context_data(
            breadcrumbs_items=crumbs,
            header_title=title,
            page_title=title,
            header_icon=self.screen.icon,
            **kwargs,
        )


class IndexView(ScreenView):
    """The list. Of the query string only the page and the declared filters are looked at."""

    template_name = "cautionary_plugin/admin/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.screen.filters(self.request.GET or None)
        rows = form.narrow(self.screen.rows(self.request))
        page = Paginator(rows, self.screen.per_page).get_page(self.request.GET.get("p"))
        self.screen.opened_list(self.request)
        return super().get_context_data(
            form=form,
            page=page,
            headings=[column.heading for column in self.screen.columns],
            lines=[self._line(row) for row in page],
            links=self.screen.links(self.request),
            empty=self.screen.empty,
            query=_query(form),
            **kwargs,
        )

    def _line(self, row: Any) -> Line:
        first, *others = [column.text(row) for column in self.screen.columns]
        return Line(self.url("inspect", self.key_of(row)), first, others)


class InspectView(ScreenView):
    """One row."""

    def get_template_names(self) -> list[str]:
        return [self.screen.page]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row(kwargs.pop("key"))
        self.screen.opened(self.request, row)
        return super().get_context_data(
            title=str(row),
            trail=[{"url": "", "label": str(row)}],
            facts=[Told(label, text) for label, text in self.screen.facts(self.request, row)],
            notice=self.screen.notice(self.request, row),
            buttons=self.screen.buttons(self.request, row),
            history_url=self.url("history", self.key_of(row)),
            **self.screen.more(self.request, row),
            **kwargs,
        )


class HistoryView(ScreenView):
    """What was done with one row, by whom."""

    template_name = "cautionary_plugin/admin/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row(kwargs.pop("key"))
        title = _("History of %(reference)s") % {"reference": row}
        return super().get_context_data(
            title=title,
            trail=[
                {"url": self.url("inspect", self.key_of(row)), "label": str(row)},
                {"url": "", "label": _("History")},
            ],
            history=self.screen.history(self.request, row),
            **kwargs,
        )


def _query(form: Any) -> str:
    """The filters that are set, for the links to other pages."""
    if not (form.is_bound and form.is_valid()):
        return ""
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    return f"&{urlencode(chosen)}" if chosen else ""
