"""Charts, QR codes and pictures as drawing primitives."""

from briefpack.graphics.charts import Drawing, waffle
from briefpack.graphics.primitives import Path, Segment, line, rectangle
from briefpack.graphics.qr import qr_code

__all__ = ["Drawing", "Path", "Segment", "line", "qr_code", "rectangle", "waffle"]
