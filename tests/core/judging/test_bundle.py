"""A round in a file compiles anywhere to the same bytes, and a stranger's file does no harm."""

import hashlib
import io
import json
import tracemalloc
import zipfile
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile

import pytest
from hypothesis import given, settings

from reviews.core.judging.bundle import INPUTS, MANIFEST, REPORT, NotABundle, read_inputs, verify_bundle, write_bundle
from reviews.core.judging.definitions import read_instrument
from reviews.core.judging.report import compile_panel
from tests.core.judging.forms import FORM_VALUE
from tests.core.judging.panels import panel, panels, review

COPIED = ["rule.json", "scale.json"]
UNIX = 3


def shared_by(ours, theirs):
    """How many bytes at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def around(report, place):
    """Forty bytes on each side, where there are so many."""
    return report[max(0, place - 40) : place + 40].decode(errors="replace")


def packed(inputs=None):
    inputs = inputs or panel(review("accurate", "misleading", stances=["supports"]), review("accurate", "misleading"))
    return write_bundle(inputs, compile_panel(inputs).canonical())


def files_of(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
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
    assert verify_bundle(zipped(dict(reversed(files_of(packed()).items())))).matches


def test_a_bundle_lists_its_files_by_name_and_whoever_unpacks_it_can_read_them():
    with zipfile.ZipFile(io.BytesIO(packed())) as file:
        entries = file.infolist()

    assert [entry.filename for entry in entries] == sorted([INPUTS, "instruments.json", MANIFEST, REPORT, *COPIED])
    assert {(entry.create_system, oct(entry.external_attr >> 16)) for entry in entries} == {(UNIX, "0o644")}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_a_match_says_what_was_compared():
    inputs = panel(review("accurate"), review("accurate"))
    report = compile_panel(inputs).canonical()
    fingerprint = hashlib.sha256(inputs.canonical()).hexdigest()

    told = verify_bundle(packed(inputs))

    assert told.words == f"The report compiles to the same {len(report)} bytes; fingerprint {fingerprint}."


def test_a_fingerprint_that_is_not_that_of_the_inputs_is_told():
    files = files_of(packed())
    manifest = json.loads(files[MANIFEST]) | {"fingerprint": "0" * 64}

    told = verify_bundle(zipped({**files, MANIFEST: json.dumps(manifest).encode()}))

    assert (told.matches, told.words) == (False, "The fingerprint in the manifest is not that of the inputs.")


def test_an_altered_file_is_named():
    files = files_of(packed())

    told = verify_bundle(zipped({**files, REPORT: files[REPORT].replace(b"misleading", b"accurate")}))

    assert (told.matches, told.words) == (False, "Altered since it was packed: report.json.")
    told = verify_bundle(zipped({**files, REPORT: b"{}", "scale.json": b"{}", "instruments.json": b"{}"}))
    assert told.words == "Altered since it was packed: instruments.json, report.json, scale.json."


def test_another_report_with_a_right_sum_does_not_match():
    inputs = panel(review("accurate"), review("accurate"))
    other = compile_panel(panel(review("misleading"), review("misleading"))).canonical()

    told = verify_bundle(write_bundle(inputs, other))

    ours = compile_panel(inputs).canonical()
    place = shared_by(ours, other)
    assert place > 40
    assert (told.matches, told.words) == (
        False,
        f"Compiled anew the report is another: from byte {place} on ours says …{around(ours, place)}… "
        f"and theirs …{around(other, place)}…",
    )


@pytest.mark.parametrize("report", [b"", b"{", b"\xff", b"{}{}"])
def test_another_report_is_shown_from_where_it_differs(report):
    inputs = panel(review("accurate"), review("accurate"))
    ours = compile_panel(inputs).canonical()
    place = shared_by(ours, report)

    told = verify_bundle(write_bundle(inputs, report))

    assert told.words.endswith(
        f"from byte {place} on ours says …{around(ours, place)}… and theirs …{around(report, place)}…"
    )


def test_a_report_with_something_behind_it_differs_from_its_end():
    inputs = panel(review("accurate"), review("accurate"))
    ours = compile_panel(inputs).canonical()

    told = verify_bundle(write_bundle(inputs, ours + b"more"))

    assert told.words.endswith(
        f"from byte {len(ours)} on ours says …{around(ours, len(ours))}… and theirs …{ours[-40:].decode()}more…"
    )


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
    manifest = json.loads(files[MANIFEST])
    manifest["fingerprint"] = hashlib.sha256(files[INPUTS]).hexdigest()
    manifest["files"][INPUTS] = {"bytes": len(files[INPUTS]), "sha256": manifest["fingerprint"]}
    return zipped({**files, MANIFEST: json.dumps(manifest).encode()})


def nested(depth):
    return b"[" * depth + b"]" * depth


CONTENTS = (
    "A bundle holds inputs.json, instruments.json, manifest.json, report.json, rule.json, scale.json, "
    "each once, and nothing else."
)
OTHER_FORMAT = "manifest.json names another format than assay-round/1."
NOTHING_LISTED = "manifest.json lists no files, or inputs.json holds no inputs."


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (without(REPORT), CONTENTS),
        (lambda files: {**files, "../../evil": b"x"}, CONTENTS),
        (lambda files: {**files, MANIFEST: b"{"}, "manifest.json is no JSON: Expecting property name"),
        (lambda files: {**files, MANIFEST: b"[]"}, OTHER_FORMAT),
        (lambda files: {**files, MANIFEST: b'{"format": "assay-round/9"}'}, OTHER_FORMAT),
        (lambda files: {**files, MANIFEST: b'{"format": "assay-round/1"}'}, NOTHING_LISTED),
        (lambda files: {**files, INPUTS: b"[]"}, NOTHING_LISTED),
        (lambda files: {**files, INPUTS: nested(100_000)}, "inputs.json is no JSON: maximum recursion depth exceeded"),
        (
            lambda files: {**files, INPUTS: b'{"rule": ' + nested(700) + b"}"},
            "What this file holds is nested too deeply.",
        ),
        (lambda files: {**files, INPUTS: b'{"quorum": NaN}'}, "inputs.json is no JSON: NaN is no number."),
        (with_inputs(lambda inputs: inputs.update(quorum="2")), "inputs.quorum cannot be '2'."),
        (with_inputs(lambda inputs: inputs.update(quorum=True)), "inputs.quorum cannot be 'True'."),
        (
            with_inputs(lambda inputs: inputs.update(outstanding=10**9)),
            "A bundle is of a round that is closed: nothing is out any more.",
        ),
        (with_inputs(lambda inputs: inputs.pop("citations")), "inputs cannot be \"{'adjudications': {}"),
        (with_inputs(lambda inputs: inputs.update(claims={})), "inputs.claims cannot be '{}'."),
        (with_inputs(lambda inputs: inputs["claims"].append("x" * 99)), f"inputs.claims[2] cannot be '{'x' * 80}'."),
        (
            with_inputs(lambda inputs: inputs.update(claims=[list(inputs["claims"][0])])),
            "inputs.claims[0] cannot be \"['asks_for",
        ),
        (with_inputs(lambda inputs: inputs["claims"][0].update(more=1)), "inputs.claims[0] cannot be \"{'asks_for"),
        (with_inputs(lambda inputs: inputs["claims"][1].update(kind=["effect"])), "inputs.claims[1].kind cannot be"),
        (
            with_inputs(lambda inputs: inputs["claims"].append(inputs["claims"][0])),
            "inputs.json cannot be inputs: The claim 1 is given twice.",
        ),
        (with_inputs(lambda inputs: inputs.update(citations=[{}])), "inputs.citations[0] cannot be '{}'."),
        (with_inputs(lambda inputs: inputs.update(citations=["abc"])), "inputs.citations[0] cannot be 'abc'."),
        (
            with_inputs(lambda inputs: inputs.update(citations=[[1, "key"]])),
            "inputs.citations[0] cannot be \"[1, 'key']",
        ),
        (
            with_inputs(lambda inputs: inputs.update(citations=[[1, 2, "article"]])),
            "inputs.citations[0][1] cannot be '2'.",
        ),
        (with_inputs(lambda inputs: inputs.update(adjudications=[])), "inputs.adjudications cannot be '[]'."),
        (
            with_inputs(lambda inputs: inputs.update(adjudications={"one": adjudicated()})),
            "inputs.json cannot be inputs: The claim 'one' is not among those of this round.",
        ),
        (
            with_inputs(lambda inputs: inputs.update(adjudications={"1": adjudicated(level=1)})),
            "inputs.adjudications.1.level cannot be '1'.",
        ),
        (
            with_inputs(lambda inputs: inputs.update(adjudications={"1": adjudicated(level=[])})),
            "inputs.adjudications.1.level cannot be '[]'.",
        ),
        (
            with_inputs(lambda inputs: inputs.update(adjudications={"1": adjudicated(reasoning=None)})),
            "inputs.adjudications.1.reasoning cannot be 'None'.",
        ),
        (
            with_inputs(lambda inputs: inputs["reviews"][0]["marks"]["1"].update(level="splendid")),
            "inputs.json cannot be inputs: The level 'splendid' is not among those of this round (review 1).",
        ),
        (with_inputs(lambda inputs: inputs["reviews"].append([])), "inputs.reviews[2] cannot be '[]'."),
        (with_inputs(lambda inputs: inputs["reviews"][0].pop("appraisals")), "inputs.reviews[0] cannot be"),
        (with_inputs(lambda inputs: inputs["reviews"][0].pop("claim_answers")), "inputs.reviews[0] cannot be"),
        (
            with_inputs(lambda inputs: inputs["reviews"][0].update(appraisals={})),
            "inputs.reviews[0].appraisals cannot be '{}'.",
        ),
        (
            with_inputs(lambda inputs: inputs["reviews"][0].update(appraisals=["claim"])),
            "inputs.reviews[0].appraisals cannot be 'claim'.",
        ),
        (
            with_inputs(lambda inputs: inputs["reviews"][0].update(appraisals=[{"claim": 1}])),
            "inputs.reviews[0].appraisals cannot be \"{'claim': 1}",
        ),
        (
            with_inputs(lambda inputs: inputs["reviews"][0].update(appraisals=[{"claim": 1, "source": "key"}])),
            "inputs.reviews[0].appraisals cannot be \"{'claim': 1, 'source': 'key'}",
        ),
        (
            with_inputs(lambda inputs: inputs["reviews"][0].update(appraisals=[{"claim": 1, "source": "key", "x": 1}])),
            "inputs.reviews[0].appraisals[1, 'key'] cannot be \"{'x': 1}",
        ),
        (
            with_inputs(lambda inputs: inputs["reviews"][0].update(claim_answers=[{"claim": 1, "instrument": "f"}])),
            "inputs.reviews[0].claim_answers cannot be",
        ),
    ],
)
def test_what_is_no_bundle_is_refused_in_words(spoil, words):
    with pytest.raises(NotABundle) as refused:
        verify_bundle(zipped(spoil(files_of(packed()))))

    assert str(refused.value).startswith(words)


def adjudicated(**parts):
    return {"level": "accurate", "reasoning": "Weighed.", "disagreement": ""} | parts


def test_inputs_are_read_in_their_one_spelling_only():
    canonical = panel(review("accurate")).canonical()

    for spelt in (b" " + canonical, json.dumps(json.loads(canonical)).encode(), unsorted(canonical)):
        with pytest.raises(NotABundle, match=r"inputs\.json is not in its canonical form\."):
            read_inputs(spelt)
    with pytest.raises(NotABundle, match=r"inputs\.json holds no inputs\."):
        read_inputs(b"[]")


def unsorted(canonical):
    plain = json.loads(canonical)
    return json.dumps(dict(reversed(plain.items())), separators=(",", ":")).encode()


def test_what_was_answered_on_forms_reads_back_as_it_was():
    answers = {"sourced": "yes", "how_well": 3, "why": "2.500", "settings": ("home", "clinic"), "dose": Fraction(5, 2)}
    inputs = panel(
        replace(review("accurate"), answers={FORM_VALUE.key: answers}),
        replace(review("accurate"), claim_answers={(1, FORM_VALUE.key): {**answers, "dose": "not_applicable"}}),
        replace(review("accurate"), claim_answers={(1, FORM_VALUE.key): {**answers, "dose": -7}}),
        instruments=[FORM_VALUE],
    )

    again = read_inputs(inputs.canonical())

    assert sorted(again.reviews, key=repr) == sorted(inputs.reviews, key=repr)
    assert verify_bundle(packed(inputs)).matches


def test_an_item_may_have_a_number_for_its_key():
    form = read_instrument(
        'slug = "7"\nversion = 1\ntitle = "A"\nabout = "article"\n'
        '[[options.yesno]]\ncode = "yes"\ntitle = "Yes"\n'
        '[[items]]\nkey = "1"\nkind = "choice"\nwording = "?"\noptions = "yesno"\n'
    )
    answered = replace(review("accurate"), answers={form.key: {"1": "yes"}})

    assert verify_bundle(packed(panel(answered, instruments=[form]))).matches


def test_a_file_that_is_no_zip_or_a_broken_one_is_refused():
    bundle = packed()

    for broken in (b"PK nothing", bundle[: len(bundle) // 2]):
        with pytest.raises(NotABundle, match=r"This file cannot be unpacked: File is not a zip file"):
            verify_bundle(broken)


def marked(bundle, name, *, at, value):
    """Write a number of two bytes into what the directory of a zip says of a file."""
    entry = bundle.rindex(name.encode()) - 46 + at
    return bundle[:entry] + value.to_bytes(2, "little") + bundle[entry + 2 :]


FLAGS, UNPACKED_SIZE = 8, 24
ENCRYPTED, PACKED_HARDER = 1, 2


def test_a_file_that_is_encrypted_or_packed_in_another_way_is_refused():
    with pytest.raises(NotABundle, match=r"scale\.json is encrypted, or packed in a way that no bundle is"):
        verify_bundle(marked(packed(), "scale.json", at=FLAGS, value=ENCRYPTED))
    with pytest.raises(NotABundle, match=r"inputs\.json is encrypted, or packed in a way that no bundle is"):
        verify_bundle(zipped(files_of(packed()), zipfile.ZIP_BZIP2))
    assert verify_bundle(marked(packed(), "scale.json", at=FLAGS, value=PACKED_HARDER)).matches
    assert verify_bundle(zipped(files_of(packed()), zipfile.ZIP_STORED)).matches


def test_a_bundle_may_be_so_large_and_no_larger(monkeypatch):
    bundle = packed()
    size = sum(map(len, files_of(bundle).values()))

    monkeypatch.setattr("reviews.core.judging.bundle.LARGEST", size)
    assert verify_bundle(bundle).matches
    monkeypatch.setattr("reviews.core.judging.bundle.LARGEST", size - 1)
    with pytest.raises(NotABundle, match=r"This bundle is too large\."):
        verify_bundle(bundle)


def test_a_bundle_has_64_megabytes_at_most():
    with pytest.raises(NotABundle, match=r"This bundle is too large\."):
        verify_bundle(zipped({**files_of(packed()), REPORT: b"0" * (64 * 2**20)}))


def test_a_bomb_is_not_unpacked_and_least_of_all_one_that_says_it_is_small(monkeypatch):
    monkeypatch.setattr("reviews.core.judging.bundle.LARGEST", 2**20)
    bomb = zipped({**files_of(packed()), REPORT: b"0" * (32 * 2**20)})
    with pytest.raises(NotABundle, match="too large"):
        verify_bundle(bomb)
    lying = marked(marked(bomb, REPORT, at=UNPACKED_SIZE + 2, value=0), REPORT, at=UNPACKED_SIZE, value=9)
    tracemalloc.start()

    with pytest.raises(NotABundle, match=r"This file cannot be unpacked: Bad CRC-32 for file 'report\.json'"):
        verify_bundle(lying)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_a_file_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, held in [*files_of(packed()).items()]:
            file.writestr(name, held)
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr(REPORT, b"{}")

    with pytest.raises(NotABundle):
        verify_bundle(out.getvalue())
