"""The YAML language server that editors use, spoken to over its standard streams (Language Server Protocol 3.17)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Final

INSTALLED: Final = "BRIEFPACK_YAML_LANGUAGE_SERVER"
"""The variable of the environment that holds the folder into which npm has installed `yaml-language-server`."""

# A server that runs longer than this, in seconds, is ended, so that no test waits for an answer for ever.
_LONGEST: Final = 240.0

_SERVER: Final = "node_modules/yaml-language-server/bin/yaml-language-server"


class ServerMissing(Exception):
    """There is no Node or no server."""


def _command() -> list[str]:
    node, folder = shutil.which("node"), os.environ.get(INSTALLED)
    if node is None:
        raise ServerMissing("there is no Node")
    if folder is None or not (Path(folder) / _SERVER).is_file():
        raise ServerMissing(f"{INSTALLED} names no folder with yaml-language-server")
    return [node, str(Path(folder) / _SERVER), "--stdio"]


class LanguageServer:
    """A running server with one folder open in it. Lines and characters count from 0, as the protocol does."""

    def __init__(self, folder: Path, schemas: Mapping[str, object] | None = None) -> None:
        self._process = subprocess.Popen(_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._end = Timer(_LONGEST, self._process.kill)
        self._end.start()
        self._settings = {
            "schemas": dict(schemas or {}),
            "schemaStore": {"enable": False},
            "validate": True,
            "completion": True,
            "hover": True,
        }
        self._last = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        completion = {"completionItem": {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}}
        capabilities = {
            "textDocument": {"completion": completion, "hover": {"contentFormat": ["markdown"]}},
            "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": False}},
        }
        root = {"uri": folder.as_uri(), "name": folder.name}
        self._request(
            "initialize", processId=None, rootUri=root["uri"], workspaceFolders=[root], capabilities=capabilities
        )
        self._notify("initialized")
        self._notify("workspace/didChangeConfiguration", settings={})

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.cancel()
        self._process.kill()
        self._process.communicate(timeout=30)

    def open(self, path: Path, text: str) -> str:
        """Open `text` as the file `path`; the URI it goes by."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._notify("textDocument/didOpen", textDocument=document)
        return uri

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the server says is wrong with an open file, once it has said it.

        It speaks once more of files that it knew before its settings.
        """
        while uri not in self._diagnostics:
            self._read()
        return self._diagnostics.pop(uri)

    def completions(self, uri: str, line: int, character: int) -> dict[str, dict[str, Any]]:
        """What may be written at a place, by label."""
        answer = self._at("completion", uri, line, character)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {item["label"]: item for item in items}

    def hover(self, uri: str, line: int, character: int) -> str:
        """What is shown of the word at a place."""
        answer = self._at("hover", uri, line, character)
        return str(answer["contents"]["value"]) if answer else ""

    def _at(self, what: str, uri: str, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self._request(f"textDocument/{what}", textDocument={"uri": uri}, position=place)

    def _request(self, method: str, **params: object) -> Any:
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _notify(self, method: str, **params: object) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered."""
        stdout = self._process.stdout
        assert stdout is not None
        length = 0
        while (line := stdout.readline().strip()) or not length:
            assert line, "the server has ended"
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, request: dict[str, Any]) -> object:
        """What the editor says to the server: its settings for YAML, and nothing else."""
        if request["method"] != "workspace/configuration":
            return None
        return [self._settings if item.get("section") == "yaml" else None for item in request["params"]["items"]]
