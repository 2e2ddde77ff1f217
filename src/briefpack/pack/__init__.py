"""Meeting packs: several documents laid out as one."""

from briefpack.pack.papers import LaidOutPack, lay_out_pack

__all__ = ["LaidOutPack", "lay_out_pack"]
