"""Layout templates: Jinja2 in, the document's blocks out."""

from briefpack.templates.reading import Readings, Source, read_document
from briefpack.templates.rendering import ANY, OptionalBlocks, Rendered, TemplateFailure, Templates
from briefpack.templates.vocabulary import ATTRIBUTES

__all__ = [
    "ANY",
    "ATTRIBUTES",
    "OptionalBlocks",
    "Readings",
    "Rendered",
    "Source",
    "TemplateFailure",
    "Templates",
    "read_document",
]
