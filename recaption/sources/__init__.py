"""What people name on the command line becomes a stream of clips."""

from recaption.sources.folders import SUFFIXES
from recaption.sources.inputs import check, clips, count
from recaption.sources.names import shown
from recaption.sources.rows import Columns
from recaption.sources.shard import Shard

__all__ = ["SUFFIXES", "Columns", "Shard", "check", "clips", "count", "shown"]
