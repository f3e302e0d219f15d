"""What people name on the command line becomes a stream of clips."""

from recaption.sources.folders import SUFFIXES
from recaption.sources.inputs import check, clips, count
from recaption.sources.names import shown
from recaption.sources.shard import Shard
from recaption.sources.tables import Columns

__all__ = ["SUFFIXES", "Columns", "Shard", "check", "clips", "count", "shown"]
