"""The web processes: behind nginx, on a socket that systemd holds while they are restarted."""

import multiprocessing
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")  # with systemd's socket it is not used
workers = int(os.environ.get("WEB_WORKERS", min(2 * multiprocessing.cpu_count() + 1, 9)))
worker_class = "gthread"
threads = 4
timeout = 90  # longer than any statement may take, so that a slow page ends in words
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
# Only TRUSTED_PROXIES decides whose headers count; gunicorn would believe whoever connects by a socket file.
secure_scheme_headers: dict[str, str] = {}
accesslog = None  # the portal writes a line of its own for each request, without addresses and queries
errorlog = "-"


def child_exit(_server, worker):
    """Let go of the metrics of a process that has ended."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess  # noqa: PLC0415  only where metrics are kept

        multiprocess.mark_process_dead(worker.pid)
