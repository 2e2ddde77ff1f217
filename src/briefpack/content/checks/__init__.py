"""Checks that an editor would make, over one document as it will be read.

`CHECKS` are functions from one frozen `Checked` value to findings. `checked` runs them all; how severe a
finding is and whether it is waived is settled by `settled`, for these findings and all others.
"""

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage, Role, Run, passages
from briefpack.content.checks.policy import idle_waivers, settled
from briefpack.content.checks.registry import CHECKS, Check, Quiet, checked

__all__ = [
    "CHECKS",
    "Check",
    "Checked",
    "Passage",
    "Quiet",
    "Role",
    "Run",
    "checked",
    "idle_waivers",
    "passages",
    "settled",
]
