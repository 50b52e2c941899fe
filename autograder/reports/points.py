"""How points are written."""


def points(value: float | None) -> str:
    """Return points as text, to two decimals at most; a dash when there are none yet."""
    return "\N{EN DASH}" if value is None else f"{round(value, 2):.10g}"
