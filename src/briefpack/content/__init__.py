"""Messages, facts and citations resolved for one audience and language."""

from briefpack.content.prepared import Prepared
from briefpack.content.resolve import (
    AgendaItem,
    ResolvedBrief,
    ResolvedPack,
    check_project,
    resolve_brief,
    resolve_pack,
)
from briefpack.content.slots import word_count
from briefpack.content.values import (
    CampaignValue,
    Cards,
    Chart,
    ColumnValue,
    ContactValue,
    ImageValue,
    Items,
    ItemValue,
    MessageValue,
    Prose,
    Quote,
    RichText,
    Section,
    SlotValue,
    SourceValue,
    Stat,
    TableValue,
)

__all__ = [
    "AgendaItem",
    "CampaignValue",
    "Cards",
    "Chart",
    "ColumnValue",
    "ContactValue",
    "ImageValue",
    "ItemValue",
    "Items",
    "MessageValue",
    "Prepared",
    "Prose",
    "Quote",
    "ResolvedBrief",
    "ResolvedPack",
    "RichText",
    "Section",
    "SlotValue",
    "SourceValue",
    "Stat",
    "TableValue",
    "check_project",
    "resolve_brief",
    "resolve_pack",
    "word_count",
]
