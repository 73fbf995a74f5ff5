"""`bassin serve`: pages, live part, tasks, clock, charts and mailbox behind one port."""

import argparse

HELP = "Serve the pages, the task worker and the clock on one port."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to answer; `--part` runs one part alone, as systemd units of a larger service do."""
    parser.add_argument("--host", default="127.0.0.1", help="address to answer at (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (%(default)s)")
    parser.add_argument(
        "--part",
        choices=("pages", "worker", "clock", "charts", "mail", "live"),
        help="run this part alone, without the others",
    )


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from bassin.config import parts, serve

    address = parts.Address(host=args.host, port=args.port, workers=args.workers)
    if args.part is None:
        return serve.serve(address)
    parts.PARTS[args.part](address)
    return 0
