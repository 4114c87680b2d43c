"""How the OpenAPI document is drawn from what each call says of itself."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from .problems import PROBLEMS


class Drawn(AutoSchema):
    """The description of one call, whatever the host has set for descriptions of its own."""

    def get_operation_id(self) -> str:
        return str(self.view.name)

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_description(self) -> str:
        return ""

    def get_tags(self) -> list[str]:
        return ["register"]

    def get_auth(self) -> list[dict[str, Any]]:
        return [{scheme: []} for scheme in self.view.callers]

    def get_request_serializer(self) -> Any:
        return self.view.takes

    def get_response_serializers(self) -> Any:
        return {self.view.status: self.view.gives, **PROBLEMS}
