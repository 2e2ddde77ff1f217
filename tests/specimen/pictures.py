"""The files of the picture specimen: YAML and templates from disk, photos and drawings made here."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from PIL import Image, ImageDraw

from briefpack.api.starter import starter_files

HERE: Final = Path(__file__).parent / "pictures"

CARE: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 200" font-family="Fira Sans, Arial, sans-serif">
  <style>.box { fill: #eaf2f3; stroke: #0d4a5b; stroke-width: 1.6 } .mid { fill: #0d4a5b } text { font-size: 15px }
    .way { fill: none; stroke: #b23a1d; stroke-width: 2.4; stroke-dasharray: 7 4; stroke-linecap: round }</style>
  <rect class="box" x="10" y="60" width="100" height="70" rx="8"/>
  <rect class="mid" x="160" y="50" width="100" height="90" rx="8"/>
  <rect class="box" x="310" y="60" width="100" height="70" rx="8"/>
  <path class="way" d="M112 80 C130 50 140 50 156 76"/>
  <path class="way" d="M264 76 C280 50 290 50 308 80"/>
  <path d="M156 76l-9-4 8-6zM308 80l-9-4 8-6z" fill="#b23a1d"/>
  <g text-anchor="middle">
    <text x="60" y="100" font-weight="600">Clinic</text>
    <text x="210" y="92" fill="#fff" font-weight="700" font-size="17">Peer<tspan x="210" dy="20">support</tspan></text>
    <text x="360" y="100" font-weight="600">Home</text>
    <text x="134" y="36" font-style="italic">6 hours</text>
    <text x="286" y="36" font-style="italic">8,760 hours</text>
    <text x="210" y="176" fill="#4b5a66" letter-spacing="1">a year of diabetes</text>
  </g>
</svg>
"""

MAP: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 220">
  <defs>
    <linearGradient id="land" x2="0" y2="1">
    <stop offset="0" stop-color="#eef5ea"/><stop offset="1" stop-color="#a9c7a0"/>
    </linearGradient>
    <radialGradient id="lake"><stop offset="0" stop-color="#d8ecf7"/>
    <stop offset="1" stop-color="#6aa5c9"/></radialGradient>
    <clipPath id="county">
    <path id="edge" d="M40 20 C120 0 200 30 270 40 L280 170 C200 215 110 195 30 180 Z"/></clipPath>
    <g id="pin"><path d="M0 0C-9-14-9-24 0-24S9-14 0 0" fill="#b23a1d"/><circle cy="-16" r="3.4" fill="#fff"/></g>
  </defs>
  <g clip-path="url(#county)">
    <rect width="300" height="220" fill="url(#land)"/>
    <g opacity=".62"><path d="M0 0h150v110H0z" fill="#0d4a5b"/><path d="M140 100h200v140H140z" fill="#0d4a5b"/></g>
    <path d="M0 110H300M150 0V220" stroke="#fff" stroke-width="3" stroke-dasharray="9 5"/>
    <ellipse cx="205" cy="70" rx="42" ry="22" fill="url(#lake)" transform="rotate(-12 205 70)"/>
  </g>
  <use href="#edge" fill="none" stroke="#1b2730" stroke-width="2.5" stroke-linejoin="round"/>
  <use href="#pin" x="90" y="80"/><use href="#pin" transform="translate(230 160) scale(1.3)"/>
</svg>
"""


def landscape(size: tuple[int, int]) -> Image.Image:
    """Hills under a sun that stands at 70 % of the width and 35 % of the height."""
    width, height = map(float, size)
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    for y in range(size[1]):
        share = y / height
        draw.line((0, y, width, y), (250 - int(60 * share), 226 - int(70 * share), 190 - int(20 * share)))
    x, level, radius = width * 0.7, height * 0.35, min(size) * 0.09
    draw.ellipse((x - radius, level - radius, x + radius, level + radius), "#e0702c")
    for at, color in enumerate(("#8fb0b5", "#5d8a93", "#2f6673", "#0d4a5b")):
        top = height * (0.45 + at * 0.14)
        points = [
            (step * width / 40, top + height * 0.06 * ((step * (at + 3) * 7919 % 13) / 6.5 - 1)) for step in range(41)
        ]
        draw.polygon([*points, (width, height), (0, height)], color)
    return image


def _saved(image: Image.Image, format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def _portrait() -> bytes:
    """A photo that lies on its side in the file, as a phone held upright writes it."""
    exif = Image.Exif()
    exif[274] = 6
    exif[0x010F] = "A camera"
    turned = landscape((900, 1200)).transpose(Image.Transpose.ROTATE_90)
    return _saved(turned, "JPEG", quality=88, exif=exif)


def _logo() -> bytes:
    image = Image.new("RGBA", (800, 800), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((40, 40, 760, 760), outline="#b23a1d", width=110)
    draw.ellipse((300, 300, 500, 500), fill="#0d4a5b")
    return _saved(image.resize((400, 400), Image.Resampling.LANCZOS), "PNG")


def _press() -> bytes:
    image = Image.new("CMYK", (1200, 900))
    for at in range(4):
        ink = tuple(235 if at == channel else 12 for channel in range(4))
        image.paste(ink, (at * 300, 0, at * 300 + 300, 900))
    return _saved(image, "JPEG", quality=85)


def _files() -> Mapping[str, str | bytes]:
    own = {path.relative_to(HERE).as_posix(): path.read_text("utf-8") for path in HERE.rglob("*.*")}
    starter = starter_files("layouts")
    shared = {name: starter[name].decode("utf-8") for name in ("layouts/theme.yaml", "layouts/parts.xml.j2")}
    pictures: dict[str, str | bytes] = {
        "photos/landscape.jpg": _saved(landscape((2100, 1400)), "JPEG", quality=88),
        "photos/portrait.jpg": _portrait(),
        "photos/logo.png": _logo(),
        "photos/press.jpg": _press(),
        "drawings/care.svg": CARE,
        "drawings/map.svg": MAP,
    }
    return MappingProxyType({**shared, **own, **pictures})


FILES: Final = _files()
