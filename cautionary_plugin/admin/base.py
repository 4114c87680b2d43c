"""Record screens on wagtail-modeladmin, with what it leaves open closed (decision 5).

What a screen shows lives in a :class:`RecordScreen`; :class:`HardenedModelAdmin` is the one class
that ties it to modeladmin, and the one to replace when screens move to core viewsets. Closed
are: adding, editing, deleting and exporting; history without a permission; views that pass the
queryset by; lookups from the query string; Wagtail's search, reference index, log and choosers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.text import slugify
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from cautionary_plugin.access.gate import GatedRequest, gated
from cautionary_plugin.access.menus import has_post, may
from cautionary_plugin.rules.posts import Power


@dataclass(frozen=True)
class Column:
    """One column of a list: its heading, and the text of a cell."""

    heading: Any
    text: Callable[[Any], Any]


@dataclass(frozen=True, repr=False)
class Line:
    """One line of a list. Templates log what they are given at DEBUG: hence no ``repr``."""

    url: str
    first: Any
    others: list[Any]


@dataclass(frozen=True, repr=False)
class Told:
    """One fact of a row's page; no ``repr`` either."""

    label: Any
    text: Any


class FilterForm(forms.Form):
    """The filters of a list; a screen without any uses it as it is."""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that pass; none where what was typed cannot be, which stands at its field."""
        if not self.is_bound:
            return rows
        return rows.filter(**self.wanted()) if self.is_valid() else rows.none()

    def wanted(self) -> dict[str, Any]:
        """What was filled in, as lookups."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class RecordScreen:
    """What one record screen shows, and to whom.

    :cvar path: below the Wagtail admin's URL.
    :cvar key: the field by which a row is named in the URL; never anything personal.
    :cvar needs: the power that opens the screen.
    :cvar page: the template of the page of one row.
    """

    path: str
    label: Any
    icon: str
    order: int
    needs: Power | frozenset[Power]
    key: str = "pk"
    columns: Sequence[Column] = ()
    filters: type[FilterForm] = FilterForm
    per_page = 50
    empty: Any = ""
    page = "cautionary_plugin/admin/inspect.html"

    def rows(self, request: GatedRequest) -> QuerySet[Any]:
        """The rows that the person may see, in the order of the list."""
        raise NotImplementedError

    def opened_list(self, request: GatedRequest) -> None:
        """Called when somebody opens the list."""

    def opened(self, request: GatedRequest, row: Any) -> None:
        """Called when somebody opens a row."""

    def facts(self, request: GatedRequest, row: Any) -> list[tuple[Any, Any]]:
        """Pairs of label and text for the page of one row."""
        raise NotImplementedError

    def more(self, request: GatedRequest, row: Any) -> dict[str, Any]:
        """What the page of one row shows besides its facts, where it has a template of its own."""
        return {}

    def history(self, request: GatedRequest, row: Any) -> list[tuple[Any, str, str]]:
        """Triples of instant, person and what was done, newest first."""
        raise NotImplementedError

    def notice(self, request: GatedRequest, row: Any) -> Any:
        """What must not be missed about a row; empty for most."""
        return ""

    def buttons(self, request: GatedRequest, row: Any) -> list["Button"]:
        """What the person may do with a row."""
        return []

    def links(self, request: GatedRequest) -> list["Button"]:
        """What the person may open from the list."""
        return []


@dataclass(frozen=True)
class Button:
    """A button: a link where ``posts`` is false, else a form with nothing but the button."""

    label: Any
    url: str
    posts: bool = True


class NobodyMay(PermissionHelper):
    """Django's permissions open nothing here; the gate asks for posts."""

    def get_all_model_permissions(self) -> QuerySet[Permission]:
        return Permission.objects.none()

    def user_has_specific_permission(self, user: Any, perm_codename: str) -> bool:
        return False

    def user_has_any_permissions(self, user: Any) -> bool:
        return False


class ScreenMenuItem(MenuItem):
    """A menu item for those who may open its screen, and for nobody else.

    :param needs: the power that opens the screen; None where any post does.
    """

    def __init__(
        self,
        label: Any,
        url: Any,
        *,
        icon: str,
        order: int,
        needs: Power | frozenset[Power] | None,
    ) -> None:
        super().__init__(label, url, name=slugify(str(label)), icon_name=icon, order=order)
        self.needs = needs

    def is_shown(self, request: HttpRequest) -> bool:
        if self.needs is None:
            return has_post(request)
        powers = self.needs if isinstance(self.needs, frozenset) else {self.needs}
        return any(may(request, power) for power in powers)


class HardenedModelAdmin(ModelAdmin):
    """One record screen: a list, a page per row, its history; each behind the gate."""

    screen: RecordScreen
    model: type[Model]
    permission_helper_class = NobodyMay
    inspect_view_enabled = True

    def __init__(self, screen: RecordScreen, model: type[Model], views: Any) -> None:
        self.screen, self.model, self.views = screen, model, views
        self.base_url_path = screen.path
        self.menu_icon, self.menu_label = screen.icon, screen.label
        super().__init__()

    def get_queryset(self, request: GatedRequest) -> QuerySet[Any]:
        return self.screen.rows(request)

    def url_name(self, action: str) -> str:
        """The name of one of the three URLs: index, inspect or history."""
        return str(self.url_helper.get_action_url_name(action))

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        base = f"{self.screen.path}/"
        return (
            path(base, self._gated(self.views.IndexView), name=self.url_name("index")),
            path(
                f"{base}<slug:key>/",
                self._gated(self.views.InspectView),
                name=self.url_name("inspect"),
            ),
            path(
                f"{base}<slug:key>/history/",
                self._gated(self.views.HistoryView),
                name=self.url_name("history"),
            ),
        )

    def get_menu_item(self, order: int | None = None) -> ScreenMenuItem:
        screen = self.screen
        return ScreenMenuItem(
            screen.label,
            self.url_helper.index_url,
            icon=screen.icon,
            order=screen.order,
            needs=screen.needs,
        )

    def register_with_wagtail(self) -> None:
        """Not by modeladmin: the package's own hooks register URLs and menu items, and no more."""
        raise NotImplementedError("See cautionary_plugin.hooks.")

    def _gated(self, view_class: Any) -> Callable[..., HttpResponseBase]:
        view = view_class.as_view(model_admin=self)
        return gated(view, needs=self.screen.needs, in_wagtail=True)
