"""The verbs of Briefpack as functions: make a campaign, list, check and build what is in it.

Nothing here prints. What is wrong comes back as diagnostics in a `Report`; an exception is a fault of ours.
"""

from briefpack.api.answers import Found, matrix, scan, where
from briefpack.api.bibliography import import_sources
from briefpack.api.editors import schema
from briefpack.api.starter import init
from briefpack.api.verbs import OpenProject, Report, Target, build, check, open_project, review, targets, words
from briefpack.build import BriefWords, SlotWords
from briefpack.content.checks.reviewed import Review
from briefpack.content.matrix import MatrixRow
from briefpack.content.scan import Scan
from briefpack.diagnostics.formats import FORMATS, Format
from briefpack.layout import Form, LargePrint

__all__ = [
    "FORMATS",
    "BriefWords",
    "Form",
    "Format",
    "Found",
    "LargePrint",
    "MatrixRow",
    "OpenProject",
    "Report",
    "Review",
    "Scan",
    "SlotWords",
    "Target",
    "build",
    "check",
    "import_sources",
    "init",
    "matrix",
    "open_project",
    "review",
    "scan",
    "schema",
    "targets",
    "where",
    "words",
]
