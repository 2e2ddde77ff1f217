"""Charts, QR codes and pictures as drawing primitives."""

from briefpack.graphics.primitives import Path, Segment, line, rectangle

__all__ = ["Path", "Segment", "line", "rectangle"]
