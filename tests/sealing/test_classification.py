"""Every field of every model of the package is declared personal or not (security, L5)."""

from cautionary_plugin.sealing.personal import unanswered_in


def test_every_field_of_the_package_is_classified() -> None:
    assert unanswered_in(["cautionary_plugin", "cautionary_plugin_pages"]) == []


def test_classification_sees_the_models_of_an_application() -> None:
    assert "auth.User.username is not classified" in unanswered_in(["auth"])
