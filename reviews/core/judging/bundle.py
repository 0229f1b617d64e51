"""A round in one file: everything that its report was compiled from, and the report, to be compiled again elsewhere.

The file is a zip of canonical JSON. It holds no database key, clock time, version number or person, and the same round
gives the same bytes. ``verify_bundle`` needs nothing but the file: it reads it as a stranger's, compiles the inputs
anew and compares byte for byte.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reviews.core.judging.canonical import canonical_json
from reviews.core.judging.inputs import PanelInputs, ReviewInput
from reviews.core.judging.instruments import Answer
from reviews.core.judging.report import compile_panel

FORMAT = "assay-round/1"
MANIFEST, INPUTS, REPORT = "manifest.json", "inputs.json", "report.json"
COPIES = {"rule.json": "rule", "scale.json": "scale", "instruments.json": "instruments"}
"""Parts of the inputs that stand in files of their own too, to be looked at."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a bundle, packed or unpacked. Seven reviewers, 300 claims and 900 sources are about 3 MB unpacked."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
_DECIMALS = re.compile(r"-?[0-9]+\.[0-9]{3}", re.ASCII)
"""How ``decimal_text`` spells a number."""


class NotABundle(ValueError):
    """This file is no bundle of a round."""


@dataclass(frozen=True)
class Verification:
    """Whether a bundle compiles to the report that it holds; ``words`` say why not, or what was compared."""

    matches: bool
    words: str


def write_bundle(inputs: PanelInputs, report: bytes) -> bytes:
    """Return the bundle of a round: its inputs, and ``report``, the canonical bytes of the report made of them."""
    given = inputs.canonical()
    parts = json.loads(given)
    files = {INPUTS: given, REPORT: report}
    files |= {name: canonical_json(parts[part]) for name, part in COPIES.items()}
    manifest = {
        "format": FORMAT,
        "fingerprint": hashlib.sha256(given).hexdigest(),
        "files": {
            name: {"bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()} for name, held in files.items()
        },
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for name, held in sorted({MANIFEST: canonical_json(manifest), **files}.items()):
            entry = zipfile.ZipInfo(name, date_time=LONG_AGO)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            bundle.writestr(entry, held)
    return packed.getvalue()


def verify_bundle(packed: bytes) -> Verification:
    """Compile a bundle anew and compare it with the report in it; a file that is no bundle raises ``NotABundle``."""
    try:
        return _verified(_unpacked(packed))
    except RecursionError as error:
        raise NotABundle("What this file holds is nested too deeply.") from error


def _verified(files: Mapping[str, bytes]) -> Verification:
    manifest = _json(files[MANIFEST], name=MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NotABundle(f"{MANIFEST} names another format than {FORMAT}.")
    if altered := _altered(files, manifest=manifest):
        return Verification(False, f"Altered since it was packed: {', '.join(altered)}.")
    inputs = read_inputs(files[INPUTS])
    if inputs.outstanding:
        raise NotABundle("A bundle is of a round that is closed: nothing is out any more.")
    fingerprint = hashlib.sha256(files[INPUTS]).hexdigest()
    if manifest.get("fingerprint") != fingerprint:
        return Verification(False, "The fingerprint in the manifest is not that of the inputs.")
    compiled = compile_panel(inputs).canonical()
    if compiled != files[REPORT]:
        return Verification(False, f"Compiled anew the report is another: {_first_difference(compiled, files[REPORT])}")
    return Verification(True, f"The report compiles to the same {len(compiled)} bytes; fingerprint {fingerprint}.")


def read_inputs(canonical: bytes) -> PanelInputs:
    """Return the inputs that such canonical bytes were made of; raises ``NotABundle`` for any other bytes."""
    plain = _json(canonical, name=INPUTS)
    if not isinstance(plain, dict):
        raise NotABundle(f"{INPUTS} holds no inputs.")
    try:
        inputs = _with_numbers(_read(PanelInputs, plain, where="inputs"))
        again = inputs.canonical()
    except NotABundle:
        raise
    except (ValueError, TypeError, KeyError) as error:  # what the values themselves refuse
        raise NotABundle(f"{INPUTS} cannot be inputs: {error}") from error
    if again != canonical:
        raise NotABundle(f"{INPUTS} is not in its canonical form.")
    return inputs


def _unpacked(packed: bytes) -> dict[str, bytes]:
    """Return the files of a bundle: those that belong in it, each once, and no larger than they may be."""
    expected = {MANIFEST, INPUTS, REPORT, *COPIES}
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
            entries = bundle.infolist()
            if sorted(entry.filename for entry in entries) != sorted(expected):
                raise NotABundle(f"A bundle holds {', '.join(sorted(expected))}, each once, and nothing else.")
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise NotABundle("This bundle is too large.")
            return {entry.filename: _held(bundle, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotABundle(f"This file cannot be unpacked: {error}") from error


def _held(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a file's bytes: what claims to be small unpacks to ``LARGEST`` at most before its sum is found wrong."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
        raise NotABundle(f"{entry.filename} is encrypted, or packed in a way that no bundle is.")
    with bundle.open(entry) as file:
        return file.read(LARGEST)


def _altered(files: Mapping[str, bytes], *, manifest: Mapping[str, Any]) -> list[str]:
    """Return the files that are not those of the manifest, and copies that do not say what the inputs say."""
    listed, parts = manifest.get("files"), _json(files[INPUTS], name=INPUTS)
    if not isinstance(listed, dict) or not isinstance(parts, dict):
        raise NotABundle(f"{MANIFEST} lists no files, or {INPUTS} holds no inputs.")
    sums = {name: _sum(held) for name, held in files.items() if name != MANIFEST}
    copies = {name for name, part in COPIES.items() if canonical_json(parts.get(part)) != files[name]}
    return sorted({name for name, held in sums.items() if listed.get(name) != held} | copies)


def _sum(held: bytes) -> dict[str, int | str]:
    return {"bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()}


def _first_difference(ours: bytes, theirs: bytes) -> str:
    place = next((at for at, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    place = min(len(ours), len(theirs)) if place is None else place
    spoken = [part[max(0, place - 40) : place + 40].decode(errors="replace") for part in (ours, theirs)]
    return f"from byte {place} on ours says …{spoken[0]}… and theirs …{spoken[1]}…"


def _json(held: bytes, *, name: str) -> Any:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no number.")

    try:
        return json.loads(held.decode(), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise NotABundle(f"{name} is no JSON: {error}") from error


def _read(kind: Any, plain: Any, *, where: str) -> Any:
    """Return a value of a declared type from what JSON says of it, with nothing missing and nothing to spare."""
    if kind is ReviewInput:
        plain = _by_place(plain, where=where)
    if is_dataclass(kind):
        return _read_fields(kind, plain, where=where)
    if hasattr(kind, "_fields"):
        return kind(*_read_row(list(get_type_hints(kind).values()), plain, where=where))
    if get_origin(kind) is not None:
        return _read_generic(get_origin(kind), get_args(kind), plain, where=where)
    return _checked(plain, kind in (object, Any) or type(plain) is kind, where=where)


def _read_generic(origin: Any, parts: Sequence[Any], plain: Any, *, where: str) -> Any:
    if origin in (Union, UnionType):
        return _read_one_of(parts, plain, where=where)
    if origin is Literal:
        return _checked(plain, plain in parts, where=where)
    if issubclass(origin, Mapping):
        return _read_mapping(parts, plain, where=where)
    _checked(plain, isinstance(plain, list), where=where)
    return tuple(_read(parts[0], one, where=f"{where}[{n}]") for n, one in enumerate(plain))


def _read_fields(kind: Any, plain: Any, *, where: str) -> Any:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    _checked(plain, isinstance(plain, dict) and sorted(plain) == sorted(names), where=where)
    return kind(**{name: _read(hints[name], plain[name], where=f"{where}.{name}") for name in names})


def _read_row(kinds: Sequence[Any], plain: Any, *, where: str) -> list[Any]:
    _checked(plain, isinstance(plain, list) and len(plain) == len(kinds), where=where)
    return [_read(kind, one, where=f"{where}[{n}]") for n, (kind, one) in enumerate(zip(kinds, plain, strict=True))]


def _read_one_of(kinds: Sequence[Any], plain: Any, *, where: str) -> Any:
    fitting = [kind for kind in kinds if type(plain) is (list if get_origin(kind) is tuple else kind)]
    _checked(plain, bool(fitting), where=where)
    return _read(fitting[0], plain, where=where)


def _read_mapping(kinds: Sequence[Any], plain: Any, *, where: str) -> dict[Any, Any]:
    key, value = kinds
    if get_origin(key) is tuple:  # places, which JSON cannot name by a key
        return {
            tuple(_read_row(get_args(key), place, where=where)): _read(value, said, where=f"{where}{place}")
            for place, said in plain
        }
    _checked(plain, isinstance(plain, dict), where=where)
    return {
        int(name) if key is int and name.isdecimal() else name: _read(value, said, where=f"{where}.{name}")
        for name, said in plain.items()
    }


def _by_place(plain: Any, *, where: str) -> Any:
    """Return a review as its fields say it: canonical bytes list what is said of a claim and a source, or a form."""
    _checked(plain, isinstance(plain, dict) and {"appraisals", "claim_answers"} <= plain.keys(), where=where)
    appraisals = _placed(plain["appraisals"], "source", where=f"{where}.appraisals")
    forms = _placed(plain["claim_answers"], "instrument", where=f"{where}.claim_answers")
    answers = [(place, said.get("answers")) for place, said in forms]
    return {**plain, "appraisals": appraisals, "claim_answers": answers}


def _placed(rows: Any, what: str, *, where: str) -> list[tuple[list[Any], dict[str, Any]]]:
    """Return each row as its place, a claim and ``what``, and the rest of it."""
    for row in _checked(rows, isinstance(rows, list), where=where):
        _checked(row, isinstance(row, dict) and {"claim", what} < row.keys(), where=where)
    return [
        ([row["claim"], row[what]], {name: said for name, said in row.items() if name not in ("claim", what)})
        for row in rows
    ]


def _with_numbers(inputs: PanelInputs) -> PanelInputs:
    """Return the inputs with numbers for the decimals that items ask for: canonical bytes have them as text."""
    asked = {(form.key, item.key) for form in inputs.instruments for item in form.items if item.kind == "number"}

    def read(form: str, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        return {item: _number(said) if (form, item) in asked else said for item, said in answers.items()}

    reviews = [
        replace(
            review,
            answers={form: read(form, said) for form, said in review.answers.items()},
            claim_answers={(claim, form): read(form, said) for (claim, form), said in review.claim_answers.items()},
        )
        for review in inputs.reviews
    ]
    return replace(inputs, reviews=reviews)


def _number(said: Answer) -> Answer:
    return Fraction(said) if isinstance(said, str) and _DECIMALS.fullmatch(said) else said


def _checked(plain: Any, is_fit: bool, *, where: str) -> Any:
    if not is_fit:
        raise NotABundle(f"{where} cannot be {str(plain)[:80]!r}.")
    return plain
