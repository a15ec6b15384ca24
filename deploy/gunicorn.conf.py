"""How the product is served: two sync workers a core, behind a proxy that buffers slow clients."""

import gc
import os
import socket
from pathlib import Path
from typing import Any

import pypinyin  # noqa: F401 - loaded once for all workers, not in each with its first name (core/parsing/pinyin.py)

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", 2 * (os.cpu_count() or 1)))
preload_app = True
timeout = 60  # the longest PDF of a month, on a slow machine
graceful_timeout = 20
errorlog = "-"
loglevel = "warning"
if Path("/dev/shm").is_dir():  # noqa: S108 - a worker's sign of life must never wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: Any) -> None:
    """Hand a connection to a worker with its first bytes: a browser opens some in advance, and each would hold one."""
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        for listener in server.LISTENERS:
            if listener.sock.family != socket.AF_UNIX:
                listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 600)


def post_worker_init(worker: Any) -> None:
    """Drop what the parent may have connected, and leave the loaded program out of every later collection."""
    from app.extensions import db

    with worker.wsgi.app_context():
        db.engine.dispose(close=False)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
