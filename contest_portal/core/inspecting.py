"""Is a file that somebody sent what its name says, and nothing more? Read in a child with little memory and time.

`inspect(name, content)` starts `file_reading.py` beside this file as a program of its own, which reads the file from
its standard input. It answers with a refusal in one sentence, or with the kind of the file and the bytes to keep.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST = 10 * 1024 * 1024
WALL_SECONDS = 30
READER = Path(__file__).with_name("file_reading.py")

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
}


@dataclass(frozen=True)
class Inspected:
    refusal: str
    kind: str = ""
    content: bytes = b""


def inspect(name: str, content: bytes) -> Inspected:
    """In a process of its own. Whatever goes wrong in there is a refusal."""
    extension = name.rpartition(".")[2].lower()
    if refusal := why_not_of_size(content):
        return Inspected(refusal)
    answer, kept = answer_of(READER, extension, content)
    return Inspected(answer["refusal"], KINDS[extension], kept or content)


def why_not_of_size(content: bytes) -> str:
    if len(content) > LARGEST:
        return f"The file must be {LARGEST >> 20} MB or smaller."
    return "" if content else "The file is empty."


def answer_of(reader: Path, extension: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """What the program says of the file, and the bytes that it hands back."""
    command = [sys.executable, "-I", str(reader), extension]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"refusal": "Reading the file took too long. Save it again as a simpler one."}, b""
    head, _, kept = ended.stdout.partition(b"\n")
    if ended.returncode or not head:
        return {"refusal": "The file is damaged, or too large to be read safely. Save it again and try once more."}, b""
    return json.loads(head), kept
