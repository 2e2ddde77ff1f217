"""Small SVG drawings, each for one thing that drawing programs write."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

HEAD: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 120">'
)


def svg(body: str, head: str = HEAD) -> bytes:
    """A drawing of 200 by 120 units on white."""
    return f'{head}<rect x="-9" y="-9" width="999" height="999" fill="#ffffff"/>{body}</svg>'.encode()


_SHAPES: Final = """
<rect x="8" y="8" width="50" height="40" fill="#c03020"/>
<rect x="66" y="8" width="50" height="40" rx="12" ry="6" fill="none" stroke="#0d4a5b" stroke-width="4"/>
<circle cx="150" cy="28" r="20" fill="#2a7" stroke="black"/>
<ellipse cx="34" cy="80" rx="26" ry="14" fill="rgb(20%, 40%, 80%)"/>
<line x1="70" y1="66" x2="116" y2="100" stroke="hsl(300, 60%, 40%)" stroke-width="3"/>
<polyline points="126,66 140,100 154 70 168,104" fill="none" stroke="orange" stroke-width="2.5"/>
<polygon points="176,66 196,80 186,104" fill="slategray"/>
"""

_PATHS: Final = """
<path d="M10 10h40v30h-40z m10 10v10h20v-10z" fill="#333" fill-rule="evenodd"/>
<path d="M70,10 C90,60 110,-30 130,30 S170,60 190,12" fill="none" stroke="#a20" stroke-width="3"/>
<path d="M10,100 Q30,50 50,100 T90,100 T130,90" fill="none" stroke="#05a" stroke-width="3"/>
<path d="M150 100a30 20 -30 11 20-25" fill="none" stroke="#080" stroke-width="3"/>
<path d="M140,60 A25,25 0 0,1 190,60 L165 60Z" fill="#fa0"/>
<path d="M10.5.5.5 10.5" stroke="#000"/>
<path d="m20 60 10 0l0 10zl5-8" fill="#609" stroke="#000" stroke-width=".5"/>
"""

_STROKES: Final = """
<g fill="none" stroke="#123" stroke-width="10">
<path d="M20 20 L60 20 L30 50" stroke-linejoin="miter"/>
<path d="M80 20 L120 20 L90 50" stroke-linejoin="round" stroke-linecap="round"/>
<path d="M140 20 L180 20 L150 50" stroke-linejoin="bevel" stroke-linecap="square"/>
<path d="M20 75 H180" stroke-width="6" stroke-dasharray="12 6 2" stroke-dashoffset="5"/>
<path d="M20 95 H180" stroke-width="6" stroke-dasharray="0 12" stroke-linecap="round"/>
<path d="M20 110 l80 3 l-80 3" stroke-width="2" stroke-miterlimit="2"/>
</g>
"""

_TRANSFORMS: Final = """
<g transform="translate(40 30) rotate(20)"><rect width="40" height="20" fill="#276"/>
<g transform="scale(1.5, .6)"><circle cx="0" cy="0" r="12" fill="none" stroke="#a20" stroke-width="6"/></g></g>
<g transform="matrix(1 .3 -.5 1 120 20)"><rect width="30" height="30" fill="none" stroke="#05a" stroke-width="5"
 stroke-dasharray="8 4"/></g>
<rect transform="skewX(20) translate(110,70)" width="30" height="30" fill="#fc0"/>
<g transform="rotate(45, 50, 90)"><rect x="35" y="75" width="30" height="30" fill="purple"/></g>
"""

_GRADIENTS: Final = """
<defs>
<linearGradient id="a"><stop offset="0" stop-color="#c00"/><stop offset=".4" stop-color="#ff0"/>
<stop offset="100%" stop-color="#00c"/></linearGradient>
<linearGradient id="b" href="#a" gradientUnits="userSpaceOnUse" x1="70" y1="10" x2="120" y2="50"/>
<linearGradient id="c" xlink:href="#a" gradientTransform="rotate(90 .5 .5)"/>
<radialGradient id="d"><stop stop-color="#fff" offset="0"/><stop offset="1" stop-color="#063"/></radialGradient>
<radialGradient id="e" xlink:href="#d" cx=".4" cy=".4" r=".5" fx=".2" fy=".3"/>
<linearGradient id="f"><stop offset="0" stop-color="red"/></linearGradient>
</defs>
<rect x="8" y="8" width="50" height="44" fill="url(#a)"/>
<circle cx="95" cy="30" r="24" fill="url(#b)" stroke="#000" stroke-width="2"/>
<rect x="130" y="8" width="60" height="44" fill="url(#c)"/>
<circle cx="34" cy="88" r="24" fill="url(#d)"/>
<ellipse cx="95" cy="88" rx="30" ry="20" fill="url(#e)"/>
<rect x="135" y="66" width="26" height="40" fill="url(#f)"/>
<rect x="165" y="66" width="26" height="40" fill="url(#nowhere) #080"/>
"""

_OPACITY: Final = """
<rect x="10" y="10" width="60" height="60" fill="#c00"/>
<g opacity=".5"><rect x="40" y="30" width="60" height="60" fill="#00c"/>
<circle cx="100" cy="60" r="25" fill="#0a0"/></g>
<rect x="120" y="20" width="40" height="40" fill="#060" fill-opacity=".4" stroke="#060" stroke-width="10"
 stroke-opacity=".5"/>
<circle cx="150" cy="90" r="20" fill="rgba(200, 0, 0, .3)" stroke="#0008" stroke-width="6" opacity=".8"/>
<g opacity=".6"><g opacity=".5"><path d="M5 80h80v30h-80z" stroke="#000" stroke-width="8" fill="#fc0"/></g></g>
"""

_CLIPS: Final = """
<defs><clipPath id="a"><circle cx="40" cy="40" r="30"/></clipPath>
<clipPath id="b" clipPathUnits="objectBoundingBox"><rect x=".25" width=".5" height="1"/></clipPath>
<clipPath id="c" clip-path="url(#a)"><rect x="30" y="20" width="40" height="40"/></clipPath>
<clipPath id="d"><rect x="120" y="70" width="20" height="40"/><use xlink:href="#e"/></clipPath>
<path id="e" d="M150 70h40l-20 40z"/></defs>
<rect width="80" height="80" fill="#c60" clip-path="url(#a)"/>
<rect width="80" height="80" fill="#036" clip-path="url(#c)"/>
<rect x="100" y="10" width="80" height="50" fill="#363" clip-path="url(#b)"/>
<g clip-path="url(#d)" transform="translate(0 4)"><rect x="100" y="60" width="100" height="60" fill="#909"/></g>
<svg x="10" y="85" width="40" height="30" viewBox="0 0 10 10"><circle cx="5" cy="5" r="6" fill="#09c"/></svg>
"""

_STYLES: Final = """
<style>/* as Illustrator writes it */ .a, .b{fill:#c30;} .b{stroke:#000;stroke-width:3px} #x { fill: #06c }
rect.c { fill: none; stroke: #090; stroke-width: 4 } circle { opacity: .7 }</style>
<rect class="a" x="8" y="8" width="40" height="40"/><rect class="b" x="60" y="8" width="40" height="40"/>
<rect id="x" class="b" x="112" y="8" width="40" height="40"/><rect class="c" x="162" y="10" width="30" height="36"/>
<circle cx="30" cy="85" r="22" fill="red" style="fill: teal; stroke: currentColor" color="#f0f"/>
<g fill="#444" stroke="#fa0"><g fill="inherit"><rect x="70" y="66" width="40" height="40" stroke="none"/></g></g>
<g visibility="hidden"><rect x="120" y="66" width="30" height="40"/>
<rect x="160" y="66" width="30" height="40" visibility="visible"/></g>
<rect display="none" width="200" height="120"/>
"""

_USES: Final = """
<defs><g id="leaf"><path d="M0 0C10-14 20-14 30 0C20 14 10 14 0 0" fill="#282"/><circle cx="15" r="3" fill="#fff"/></g>
<symbol id="box" viewBox="0 0 10 10"><rect width="10" height="10" fill="#036"/><circle cx="5" cy="5" r="7" fill="#fc0"/>
</symbol></defs>
<use href="#leaf" x="10" y="30"/><use xlink:href="#leaf" transform="translate(60 30) rotate(-30) scale(1.4)"/>
<use href="#box" x="120" y="10" width="30" height="30"/><use href="#box" x="160" y="10" width="30" height="50"/>
<a href="https://example.org"><rect x="10" y="70" width="60" height="40" fill="#c39"/></a>
<svg x="90" y="66" width="100" height="46" viewBox="0 0 50 50" preserveAspectRatio="xMaxYMin slice">
<rect width="50" height="50" fill="#eee"/><path d="M0 0L50 50M50 0L0 50" stroke="#000" stroke-width="4"/></svg>
"""

_UNITS: Final = """
<rect x="1%" y="1mm" width="25%" height="1cm" fill="#456"/>
<circle cx="50%" cy="50%" r="10%" fill="#a43" stroke="#000" stroke-width="2pt"/>
<rect x="160px" y="0.1in" width="20" height="40" fill="#4a3"/>
"""

_TEXT: Final = """
<text x="10" y="30" font-family="Fira Sans" font-size="20">Hello <tspan font-weight="bold"
 fill="#a20">World</tspan></text>
<text x="190" y="30" text-anchor="end" font-size="14" font-family="Fira Sans" font-style="italic"
 fill="#05a">the end</text>
<text x="100" y="60" text-anchor="middle" font-family="'Fira Sans', Arial" font-size="16">
  in the <tspan fill="#080">middle</tspan>
</text>
<g font-family="Fira Sans" font-size="12"><text x="20" y="80">one<tspan x="20" dy="14">two</tspan></text>
<text transform="translate(100 110) rotate(-15)" font-weight="600" letter-spacing="2">spaced</text>
<text x="150" y="100" stroke="#000" stroke-width=".6" fill="#fc0" font-size="24" font-weight="700">Aß</text></g>
"""

DRAWINGS: Final = MappingProxyType(
    {
        "shapes": svg(_SHAPES),
        "paths": svg(_PATHS),
        "strokes": svg(_STROKES),
        "transforms": svg(_TRANSFORMS),
        "gradients": svg(_GRADIENTS),
        "opacity": svg(_OPACITY),
        "clips": svg(_CLIPS),
        "styles": svg(_STYLES),
        "uses": svg(_USES),
        "units": svg(_UNITS),
        "text": svg(_TEXT),
        "offset": svg('<circle cx="0" cy="0" r="40" fill="#a05"/>', HEAD.replace('"0 0 200 120"', '"-60 -50 200 120"')),
        "tiny": svg(
            '<circle cx=".5" cy=".3" r=".2" fill="#a05" stroke="#000" stroke-width=".02"/>',
            HEAD.replace('"0 0 200 120"', '"0 0 1 .5" width="600" height="300"'),
        ),
    }
)
