"""The bounds within which a council sets how its panel counts and meets (B6, B7, B19)."""

from .errors import BadInput

# Name of the setting → the least and the most that makes sense of the policy.
BOUNDS: dict[str, tuple[int, int]] = {
    "quorum": (2, 20),
    "votes_needed": (2, 20),
    "meeting_days": (7, 92),
    "renewal_days": (14, 180),
}


def check_panel_settings(settings: dict[str, int | None]) -> None:
    """Each number within its bounds.

    :param settings: some of :data:`BOUNDS`.
    :raises BadInput: under each that is not.
    """
    problems = {}
    for name, number in settings.items():
        least, most = BOUNDS[name]
        if number is None or not least <= number <= most:
            problems[name] = [f"A number from {least} to {most}."]
    if problems:
        raise BadInput(problems)
