"""SVG files as artwork: drawn as they are meant, or refused with the place and the remedy."""

from briefpack.graphics.svg.reading import is_svg, read_svg

__all__ = ["is_svg", "read_svg"]
