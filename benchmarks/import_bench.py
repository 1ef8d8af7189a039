"""Measures the import beside trafilatura alone: saved pages, a large WordPress export, and many texts.

    python -m benchmarks import [--pages N] [--megabytes M] [--texts N] [--real FOLDER]

Made pages are of the size and shape of real ones, with menus, teasers and scripts, and comments on every fourth; a
tenth as many more have up to 40 comments each. `--real` names a folder of real ones. Contenders read the same pages on
one core, taking turns, each in a process of its own: CPU time, and the most memory it held. trafilatura runs as its
users run it (`extract`, JSON with metadata), and for the text alone; ours gives more: images, and comments with
author, date and thread. Then the command itself, with all processors: the export, and the texts, half of them and all,
since pairing must not grow as the square.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.pool import Pool
from pathlib import Path

import trafilatura

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.importer.wordpress import read_wordpress
from backfile.model import Source
from benchmarks.import_sources import Pieces, made_export, made_page, made_texts

SOURCE = Source("page.html", "0" * 64)
TURN = 50
"""Pages that each contender reads before the next one does."""
ROUNDS = 3
"""Times that real pages, which are few, are read."""
CONTENDERS: dict[str, Callable[[bytes], object]] = {
    "backfile": lambda page: read_html(page, SOURCE),
    "trafilatura, JSON with metadata": lambda page: trafilatura.extract(page, output_format="json", with_metadata=True),
    "trafilatura, text alone": trafilatura.extract,
}


def read_some(name: str, real: list[Path], crowded: bool, start: int, end: int) -> tuple[float, float]:
    """Reads pages as one contender; CPU seconds, and the MiB it has held at most so far."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    work, seconds = CONTENDERS[name], 0.0
    made = (made_page(number, crowded) for number in range(start, end))
    for page in (path.read_bytes() for path in real[start:end]) if real else made:
        began = time.process_time()
        work(page)
        seconds += time.process_time() - began
    return seconds, peak()


def peak() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def turns(count: int, rounds: int) -> Iterator[tuple[int, int]]:
    """Spans of pages, each read by every contender before the next."""
    for _ in range(rounds):
        yield from ((start, min(start + TURN, count)) for start in range(0, count, TURN))


def compare(title: str, real: list[Path], count: int, rounds: int = 1, *, crowded: bool = False) -> None:
    """Has all contenders read the pages, and prints the table."""
    seconds = dict.fromkeys(CONTENDERS, 0.0)
    early, most = dict.fromkeys(CONTENDERS, 0.0), dict.fromkeys(CONTENDERS, 0.0)
    context = multiprocessing.get_context("spawn")
    pools: dict[str, Pool] = {name: context.Pool(1) for name in CONTENDERS}
    for start, end in turns(count, rounds):
        for name, pool in pools.items():
            spent, most[name] = pool.apply(read_some, (name, real, crowded, start, end))
            seconds[name] += spent
            early[name] = early[name] or most[name]
    for pool in pools.values():
        pool.terminate()
    read = count * rounds
    bare = seconds["trafilatura, text alone"]
    print(f"\n{title}: {count:,}, read {rounds} times" if rounds > 1 else f"\n{title}: {count:,}")
    print(f"{'':<32} {'pages/s':>8} {'ms each':>8} {'ratio':>6} {'peak MiB':>9} {'after the first turn':>21}")
    for name, spent in seconds.items():
        print(f"{name:<32} {read / spent:8.1f} {1000 * spent / read:8.1f} {spent / bare:6.2f} {most[name]:9.0f}"
              f" {early[name]:21.0f}", flush=True)  # fmt: skip
    ours, full = seconds["backfile"], seconds["trafilatura, JSON with metadata"]
    print(
        f"backfile takes {ours / bare:.2f} times what trafilatura takes for the text, {ours / full:.2f} times for all"
    )


def read_export(megabytes: int) -> tuple[int, float, float, float]:
    """Articles, CPU seconds, and MiB held before and at most, of an export that is made on the way."""
    before, start, count = peak(), time.process_time(), 0
    for item in read_wordpress(Pieces(made_export(megabytes)), SOURCE):
        count += isinstance(item, Record)
    return count, time.process_time() - start, before, peak()


def measure_export(megabytes: int) -> None:
    """Prints what reading an export on one core costs, and in how much memory."""
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        count, seconds, before, most = alone.apply(read_export, (megabytes,))
    rate = f"{count:,} articles, {count / seconds:,.0f} a second, {megabytes / seconds:.1f} MB/s"
    print(f"\nWordPress export of {megabytes} MB, read on one core: {rate}, peak {most:.0f} MiB"
          f" ({most - before:.0f} more than before)", flush=True)  # fmt: skip


def import_all(title: str, sources: Path, folder: Path) -> float:
    """Runs the command; prints and gives the seconds that pass."""
    began = time.perf_counter()
    backfile = str(Path(sys.executable).with_name("backfile"))
    command = [backfile, "import", str(sources), "--content", str(folder / "content"), "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.read().strip()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"the import ended with status {os.waitstatus_to_exitcode(status)}: {said}")
    spent, most = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    print(f"{title}: {seconds:.0f} s, in its main process {spent:.0f} s of CPU and {most:.0f} MiB. {said}", flush=True)
    return seconds


def measure_command(megabytes: int, texts: int) -> None:
    """Has the command import an export and texts from the disk to the disk."""
    print(f"\nThe command, with {os.cpu_count()} processors:")
    if megabytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "export.xml")
            with path.open("wb") as file:
                file.writelines(made_export(megabytes))
            import_all(f"{megabytes} MB of WordPress", path, Path(folder))
    spent = []
    for count in (texts // 2, texts) if texts else ():
        with tempfile.TemporaryDirectory() as folder:
            made_texts(Path(folder, "texts"), count)
            spent.append(import_all(f"{count:,} text files", Path(folder, "texts"), Path(folder)))
    if spent:
        print(f"Twice as many texts take {spent[1] / spent[0]:.2f} times as long")


def main() -> None:
    """Runs all measurements and prints them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000, help="made pages (10,000)")
    parser.add_argument("--megabytes", type=int, default=200, help="size of the export (200)")
    parser.add_argument("--texts", type=int, default=20_000, help="text files (20,000)")
    parser.add_argument("--real", type=Path, help="a folder of real pages")
    options = parser.parse_args()
    real = sorted(options.real.glob("*.html")) if options.real else []
    if real:
        compare("Real pages", real, len(real), ROUNDS)
    if options.pages:
        compare("Made pages", [], options.pages)
        compare("Made pages, each with up to 40 comments", [], options.pages // 10, crowded=True)
    if options.megabytes:
        measure_export(options.megabytes)
    if options.megabytes or options.texts:
        measure_command(options.megabytes, options.texts)


if __name__ == "__main__":
    main()
