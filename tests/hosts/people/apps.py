"""A host's own people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app behind `AUTH_USER_MODEL = "people.Person"`."""

    name = "tests.hosts.people"
    label = "people"
