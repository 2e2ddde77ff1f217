"""Briefpack: audience-specific briefs and layouts in, printable and accessible PDFs out.

The verbs of the command line are functions here, with the same options::

    from pathlib import Path

    import briefpack

    report = briefpack.build(Path("my-campaign"), ["community"], form=briefpack.Form(large_print=18))
    print(report.text())
    for entry in report.made:
        print(entry.path, entry.pages)

They print nothing. What is wrong with a campaign comes back as diagnostics in the `Report`; an exception is a wrong
argument, as the function says, or a fault of ours. Nothing is imported before it is asked for.
"""

__version__ = "0.1.0"

# Type checkers take it for true; the module that has it takes longer to import than a version to say.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefpack.api import (
        FORMATS,
        BriefWords,
        CopiesMade,
        Diagnostic,
        Entry,
        Form,
        Format,
        Found,
        LargePrint,
        MatrixRow,
        OpenProject,
        Place,
        Rebuilt,
        Report,
        Review,
        Scan,
        Severity,
        SlotWords,
        Step,
        Target,
        build,
        check,
        copies,
        default_cache,
        explain,
        import_sources,
        init,
        matrix,
        merge_manifests,
        open_project,
        plan,
        review,
        scan,
        schema,
        targets,
        watch,
        where,
        words,
    )
else:

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
        from briefpack import api

        return getattr(api, name)

    def __dir__():
        return [*globals(), *__all__]


__all__ = [
    "FORMATS",
    "BriefWords",
    "CopiesMade",
    "Diagnostic",
    "Entry",
    "Form",
    "Format",
    "Found",
    "LargePrint",
    "MatrixRow",
    "OpenProject",
    "Place",
    "Rebuilt",
    "Report",
    "Review",
    "Scan",
    "Severity",
    "SlotWords",
    "Step",
    "Target",
    "build",
    "check",
    "copies",
    "default_cache",
    "explain",
    "import_sources",
    "init",
    "matrix",
    "merge_manifests",
    "open_project",
    "plan",
    "review",
    "scan",
    "schema",
    "targets",
    "watch",
    "where",
    "words",
]
