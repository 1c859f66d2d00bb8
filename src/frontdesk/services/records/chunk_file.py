"""A kept content as a file that can be read anywhere, without reading all of it."""

import io
from collections import OrderedDict
from typing import Final

from frontdesk.services.records.content import Opened
from frontdesk.services.records.sniff import CHUNK_BYTES

_KEPT: Final = 8
"""How many chunks stay in memory: a page of a scan seldom lies in more."""


class ChunkFile(io.RawIOBase):
    """Reads chunk by chunk, each verified; the last few stay at hand. Lives as long as its session."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._place = 0
        self._chunks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._opened.size_bytes}[whence]
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override] # any buffer
        wanted = memoryview(buffer).cast("B")
        done = 0
        while done < len(wanted) and self._place < self._opened.size_bytes:
            position, start = divmod(self._place, CHUNK_BYTES)
            piece = self._chunk(position)[start : start + len(wanted) - done]
            if not piece:
                break
            wanted[done : done + len(piece)] = piece
            done += len(piece)
            self._place += len(piece)
        return done

    def _chunk(self, position: int) -> bytes:
        found = self._chunks.get(position)
        if found is None:
            found = self._opened.chunk(position)
            if len(self._chunks) >= _KEPT:
                self._chunks.popitem(last=False)
            self._chunks[position] = found
        else:
            self._chunks.move_to_end(position)
        return found
