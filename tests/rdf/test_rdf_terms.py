import json
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.rdf.iris import decode_curie, encode_curie
from paperconcepts.rdf.terms import decimal, escape, plain_number, split_literal, string, valid_text


@given(st.text())
def test_a_quoted_text_is_json_too(text: str) -> None:
    """JSON-LD is written from the same quotes as N-Triples, so JSON must read them."""
    assert json.loads(escape(text)) == text
    assert json.loads(string(text)) == valid_text(text)
    assert len(valid_text(text)) == len(text)


@given(st.text(alphabet="0123456789,.-+ e%", max_size=9))
def test_plain_numbers_keep_their_value(text: str) -> None:
    """What is taken for a number has its value, in canonical form; what is no number is left alone."""
    found = plain_number(text)
    if found is None:
        assert not re.fullmatch(r"\d+(\.\d+)?", text)
    else:
        quoted, datatype, _ = split_literal(found)
        assert datatype.endswith("#decimal")
        assert Decimal(quoted.strip('"')) == Decimal(text.replace(",", ""))
        assert re.fullmatch(r'"-?(0|[1-9]\d*)\.(0|\d*[1-9])"', quoted)
        assert quoted != '"-0.0"'


@given(st.floats(0, 1))
def test_decimals_are_exact_and_canonical(number: float) -> None:
    """A confidence can be read back to the same float, and no engine would write it otherwise."""
    quoted = split_literal(decimal(number))[0].strip('"')
    assert float(quoted) == number
    assert "e" not in quoted.lower()
    assert quoted.startswith(("0.", "1."))


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(bool))
def test_names_lead_back_to_their_ids(curie: str) -> None:
    """An IRI's local name tells the id that it was made from."""
    assert decode_curie(encode_curie(curie)) == curie
