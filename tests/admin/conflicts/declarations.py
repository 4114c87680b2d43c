"""What is declared, and the one that there is."""

from cautionary_plugin.models import ConflictDeclaration

WHY = "My sister-in-law rents the flat below his marmalade workshop."
STATEMENT = "She keeps a marmalade guillotine behind the counter."


def declared() -> ConflictDeclaration:
    return ConflictDeclaration.objects.get()
