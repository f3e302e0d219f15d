"""Where clips lie: files, objects behind URLs, members of tars. What is elsewhere is fetched through fsspec."""

from recaption.storage.at_hand import at_hand
from recaption.storage.remote import StorageError

__all__ = ["StorageError", "at_hand"]
