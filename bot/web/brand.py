"""The business's name and accent colour, made readable on light and on dark."""

import re
from dataclasses import dataclass
from typing import Tuple

DEFAULT_ACCENT = "#0f766e"
# The grounds that text in the accent colour stands on (base.css), and the inks for text on the accent colour.
LIGHT_GROUND, DARK_GROUND = "#f4f5f4", "#1b2126"
WHITE, BLACK = "#ffffff", "#10151a"

Rgb = Tuple[float, float, float]


@dataclass(frozen=True)
class Brand:
    name: str
    accent: str = DEFAULT_ACCENT

    def css(self) -> str:
        """Custom properties for both schemes; text in the accent colour has at least WCAG AA's contrast."""
        accent = self.accent if re.fullmatch(r"#[0-9a-fA-F]{6}", self.accent) else DEFAULT_ACCENT
        light, dark = _readable(accent, LIGHT_GROUND, "#000000"), _readable(accent, DARK_GROUND, "#ffffff")
        return (
            f":root{{--accent:{light};--on-accent:{_ink(light)}}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:{_ink(dark)}}}}}\n"
        )


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two #rrggbb colours."""
    high, low = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, ground: str, towards: str) -> str:
    """The colour, moved towards black or white until it can be read on `ground`."""
    for step in range(21):
        mixed = tuple(a + (b - a) * step / 20 for a, b in zip(_rgb(colour), _rgb(towards), strict=True))
        candidate = "#" + "".join(f"{round(part * 255):02x}" for part in mixed)
        if contrast(candidate, ground) >= 4.8:
            break
    return candidate


def _ink(ground: str) -> str:
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
