"""Colours of charts. They repeat static/scss/_tokens.scss, since an SVG carries its own."""

INK = "#14213d"
TEXT = "#131a29"
QUIET = "#4a5468"
LINE = "#d5dbe5"
BLUE = "#1d4f91"
ACCENT = "#9a4d05"

# Of maps, from no number to the highest.
SHADES = ("#ffffff", "#dce6f3", "#b3c9e4", "#3f72ad", "#265288", "#132c57")

# Each strand keeps its colour everywhere. The four differ in lightness, so they stay apart in greyscale and for
# people who see fewer colours; each has a contrast of at least 3 with white.
STRANDS = {"Pursue": "#16244a", "Prevent": "#8a340c", "Protect": "#26767e", "Prepare": "#c4881d"}

SERIES = ("#1d4f91", "#8a340c", "#26767e", "#c4881d", "#5a3a8c", "#16244a")
DASHES = ((1, 0), (8, 4), (2, 3), (8, 3, 2, 3), (12, 4), (4, 2))


def colours(labels: list[str]) -> list[str]:
    """One colour for each series: its own when it is a strand's, else the next that is free."""
    free = iter(SERIES * (len(labels) // len(SERIES) + 1))
    return [STRANDS.get(label) or next(free) for label in labels]


def text_on(colour: str) -> str:
    """White, or dark where white would have a contrast below 4.5."""
    return "#ffffff" if contrast(colour, "#ffffff") >= 4.5 else TEXT


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
