"""An empty plan folder for a new municipality, with every field explained, and a guide: `assistant template`."""

from __future__ import annotations

from pathlib import Path

from assistant.content.documents import slugify
from assistant.errors import UsageError

FILES = Path(__file__).with_name("template_files")


def write_template(folder: Path, municipality: str) -> list[Path]:
    """Write the plan and the guide for a municipality into a folder, and give their paths.

    Raises UsageError where one of the files is there already, or the folder cannot be written to; nothing is overwritten.
    """
    slug = slugify(municipality)
    names = {"plan.md": f"{slug}-plan.md", "README.md": "README.md"}
    texts = {folder / name: (FILES / source).read_text(encoding="utf-8") for source, name in names.items()}
    for path in texts:
        if path.exists():
            raise UsageError(f"{path}: is there already.\nChoose an empty folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            filled = text.replace("KOMMUNEN", municipality).replace("kommunen-plan", f"{slug}-plan")
            path.write_text(filled, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}).\nChoose another folder.") from None
    return list(texts)
