"""What every address answers now, as a proposal for matrix.csv. Asked for with write_matrix, not with the suite."""

import csv
import time
from pathlib import Path

from tests.access.matrix import Runner, reviewed, url_names
from tests.access.people import PEOPLE

PROPOSAL = Path(__file__).resolve().parents[2] / "build" / "matrix.csv"


def test_write_the_proposal(runner: Runner) -> None:
    before, leaks = reviewed(), []
    PROPOSAL.parent.mkdir(exist_ok=True)
    with PROPOSAL.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["url", "method", "object", *PEOPLE])
        for name in url_names():
            started = time.perf_counter()
            for key in runner.keys([name]):
                answers = runner.answers(key)
                row = {person: answer.cell for person, answer in answers.items()}
                writer.writerow([*key, *row.values()])
                leaks += [f"{' '.join(key)} as {who} {what}" for who, each in answers.items() for what in each.breaches]
                if row != {person: before.get(key, {}).get(person) for person in PEOPLE}:
                    print("differs:", *key)
            print(f"{time.perf_counter() - started:6.2f} s {name}")
    print(*leaks, f"Written to {PROPOSAL.name} in build/", sep="\n")
