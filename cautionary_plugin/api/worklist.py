"""What waits for whoever calls: references and days, nothing personal."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cautionary_plugin.access.gate import Need
from cautionary_plugin.actions.worklist import what_waits

from .call import Call


class WaitingTask(serializers.Serializer):
    """One thing that waits."""

    duty = serializers.CharField(help_text="What programs tell it by; new kinds may come")
    what = serializers.CharField()
    reference = serializers.CharField()
    due_on = serializers.DateField(allow_null=True, help_text="None where no policy sets a day")
    note = serializers.CharField(allow_blank=True)


class Worklist(serializers.Serializer):
    """What waits, the earliest day first."""

    tasks = WaitingTask(many=True)


class MyWorklist(Call):
    """My worklist."""

    needs = Need.VERIFIED
    name, summary = "my_worklist", "What waits for me, the earliest day first"
    gives = Worklist

    def get(self, request: Request) -> Any:
        tasks = [
            {
                "duty": task.duty.value,
                "what": task.duty.label,
                "reference": task.reference,
                "due_on": task.due_on.isoformat() if task.due_on else None,
                "note": task.note,
            }
            for task in what_waits(request.standing)
        ]
        return Response({"tasks": tasks})
