"""The package's items in the Wagtail admin's menu, each for those who may open it."""

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cautionary_plugin.admin.urls import model_admins

for model_admin in model_admins:

    @hooks.register("register_admin_menu_item")
    def register_menu_item(model_admin=model_admin) -> MenuItem:  # type: ignore[no-untyped-def]
        return model_admin.get_menu_item()
