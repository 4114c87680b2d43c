"""The package's place in the Wagtail admin's menu: one item, with what each person may open."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cautionary_plugin.admin.urls import menu_items


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    """A submenu; whoever may open nothing of it does not see it."""
    return SubmenuMenuItem(
        _("Cautionary register"),
        Menu(items=menu_items()),
        name="cautionary-register",
        icon_name="warning",
        order=710,
    )
