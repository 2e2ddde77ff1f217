"""Layout templates: Jinja2 in, the document's blocks out."""

from briefpack.templates.reading import Source, read_document
from briefpack.templates.rendering import ANY, Rendered, TemplateFailure, Templates
from briefpack.templates.vocabulary import ATTRIBUTES

__all__ = ["ANY", "ATTRIBUTES", "Rendered", "Source", "TemplateFailure", "Templates", "read_document"]
