"""What is known of the facts of a project, and the words of its messages, worked out once for all its documents."""

from __future__ import annotations

from dataclasses import field

from briefpack.content.checks.known import Known
from briefpack.content.checks.phrases import Phrases
from briefpack.content.prepared import Prepared
from briefpack.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What the facts and messages of the project that is `prepared` tell, by language and audience."""

    prepared: Prepared
    _known: dict[tuple[str, str | None], Known] = field(default_factory=dict)
    _phrases: dict[str, Phrases] = field(default_factory=dict)

    def known(self, language: str, audience: str | None) -> Known:
        """What is known of the facts in `language` for `audience`."""
        found = self._known.get((language, audience))
        if found is None:
            found = self._known[language, audience] = Known.of(self.prepared, language, audience)
        return found

    def phrases(self, language: str) -> Phrases:
        """The words of messages in `language`."""
        found = self._phrases.get(language)
        if found is None:
            found = self._phrases[language] = Phrases.of(self.prepared, language)
        return found
