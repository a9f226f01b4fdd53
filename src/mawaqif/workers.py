"""Lets worker processes end with the one that started them, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """End this worker as soon as its parent is gone; in the main process do nothing.

    A worker whose parent was killed would otherwise wait for work for ever, and its notebook's kernel with it.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
