"""The package's items in the Wagtail admin's menu, each for those who may open it."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cautionary_plugin.admin.base import ScreenMenuItem
from cautionary_plugin.admin.urls import desks, model_admins

for model_admin in model_admins:

    @hooks.register("register_admin_menu_item")
    def register_menu_item(model_admin=model_admin) -> MenuItem:  # type: ignore[no-untyped-def]
        return model_admin.get_menu_item()


for desk in desks:

    @hooks.register("register_admin_menu_item")
    def register_desk(desk=desk) -> MenuItem:  # type: ignore[no-untyped-def]
        return ScreenMenuItem(desk, reverse(desk.url_name))
