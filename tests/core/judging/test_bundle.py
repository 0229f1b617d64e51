"""A round in a file compiles anywhere to the same bytes, and a stranger's file does no harm."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings

from reviews.core.judging.bundle import INPUTS, MANIFEST, REPORT, NotABundle, read_inputs, verify_bundle, write_bundle
from reviews.core.judging.report import compile_panel
from tests.core.judging.panels import panel, panels, review


def packed(inputs=None):
    inputs = inputs or panel(review("accurate", "misleading", stances=["supports"]), review("accurate", "misleading"))
    return write_bundle(inputs, compile_panel(inputs).canonical())


def files_of(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, held in files.items():
            file.writestr(name, held)
    return out.getvalue()


@given(inputs=panels())
@settings(max_examples=25, deadline=None)
def test_any_round_reads_back_as_it_was_and_compiles_to_the_same_bytes(inputs):
    closed = replace(inputs, outstanding=0)

    assert read_inputs(closed.canonical()).canonical() == closed.canonical()
    assert verify_bundle(packed(closed)).matches


def test_the_same_round_gives_the_same_file():
    assert packed() == packed()


def test_an_altered_file_is_named():
    files = files_of(packed())

    told = verify_bundle(zipped({**files, REPORT: files[REPORT].replace(b"misleading", b"accurate")}))

    assert (told.matches, told.words) == (False, "Altered since it was packed: report.json.")


def test_another_report_with_a_right_sum_does_not_match():
    inputs = panel(review("accurate"), review("accurate"))
    other = compile_panel(panel(review("misleading"), review("misleading"))).canonical()

    told = verify_bundle(write_bundle(inputs, other))

    assert told.matches is False
    assert told.words.startswith("Compiled anew the report is another: from byte ")


def test_a_copy_must_say_what_the_inputs_say():
    files = files_of(packed())
    files["rule.json"] = files["rule.json"].replace(b"1", b"2", 1)
    manifest = json.loads(files[MANIFEST])

    told = verify_bundle(zipped({**files, MANIFEST: json.dumps(manifest).encode()}))

    assert told.words == "Altered since it was packed: rule.json."


def without(name):
    return lambda files: {key: held for key, held in files.items() if key != name}


def with_inputs(change):
    """Change the inputs and put the sums right: a careful forger."""

    def changed(files):
        inputs = json.loads(files[INPUTS])
        change(inputs)
        return files_of(
            _repacked({**files, INPUTS: json.dumps(inputs, sort_keys=True, separators=(",", ":")).encode()})
        )

    return changed


def _repacked(files):
    import hashlib

    manifest = json.loads(files[MANIFEST])
    manifest["fingerprint"] = hashlib.sha256(files[INPUTS]).hexdigest()
    manifest["files"][INPUTS] = {"bytes": len(files[INPUTS]), "sha256": manifest["fingerprint"]}
    return zipped({**files, MANIFEST: json.dumps(manifest).encode()})


@pytest.mark.parametrize(
    "spoil",
    [
        without(REPORT),
        lambda files: {**files, "../../evil": b"x"},
        lambda files: {**files, MANIFEST: b"{"},
        lambda files: {**files, MANIFEST: b"[]"},
        lambda files: {**files, MANIFEST: b'{"format": "assay-round/9"}'},
        lambda files: {**files, MANIFEST: b'{"format": "assay-round/1"}'},
        lambda files: {**files, INPUTS: b"[" * 100_000},
        lambda files: {**files, INPUTS: b'{"quorum": NaN}'},
        with_inputs(lambda inputs: inputs.update(quorum="2")),
        with_inputs(lambda inputs: inputs.update(quorum=True)),
        with_inputs(lambda inputs: inputs.update(outstanding=10**9)),
        with_inputs(lambda inputs: inputs.pop("citations")),
        with_inputs(lambda inputs: inputs["claims"][0].update(kind=["effect"])),
        with_inputs(lambda inputs: inputs["claims"].append(inputs["claims"][0])),
        with_inputs(lambda inputs: inputs["reviews"][0]["marks"]["1"].update(level="splendid")),
        with_inputs(lambda inputs: inputs["reviews"][0].update(appraisals=[{"claim": 1}])),
    ],
)
def test_what_is_no_bundle_is_refused_in_words(spoil):
    with pytest.raises(NotABundle):
        verify_bundle(zipped(spoil(files_of(packed()))))


def test_a_file_that_is_no_zip_or_a_broken_one_is_refused():
    bundle = packed()

    with pytest.raises(NotABundle):
        verify_bundle(b"PK nothing")
    with pytest.raises(NotABundle):
        verify_bundle(bundle[: len(bundle) // 2])


def test_a_bomb_is_not_unpacked(monkeypatch):
    files = files_of(packed())

    with pytest.raises(NotABundle, match="too large"):
        verify_bundle(zipped({**files, REPORT: b"0" * (64 * 1024 * 1024)}))


def test_a_file_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, held in [*files_of(packed()).items()]:
            file.writestr(name, held)
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr(REPORT, b"{}")

    with pytest.raises(NotABundle):
        verify_bundle(out.getvalue())
