import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import ConfigurationError
from paperconcepts.rdf.iris import Iris, encode_curie, encode_local, web_iri

names = st.text(alphabet=st.one_of(st.sampled_from(".:%/#<> __-~a1é😀\n"), st.characters()), max_size=12)


@settings(deadline=None, max_examples=200)
@given(names, names)
def test_different_ids_give_different_safe_names(one: str, other: str) -> None:
    """An encoded name holds safe characters only and stands for one text."""
    for encode in (encode_local, encode_curie):
        assert re.fullmatch(r"(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})*", encode(one))
        if one.encode("utf-8", "replace") != other.encode("utf-8", "replace"):
            assert encode(one) != encode(other)


def test_no_name_is_a_path_step() -> None:
    """Ids made of dots cannot become . or .. in a path."""
    assert encode_local("..") == "%2E%2E"
    assert encode_curie(":") == "%3A"
    assert encode_curie("..:..") == "%2E%2E_%2E%2E"


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org", "https://example.org/a b/", "ftp://a/"])
def test_unusable_bases_are_refused(base: str) -> None:
    """A base must be an absolute http(s) IRI to which names can be appended."""
    with pytest.raises(ConfigurationError, match="base IRI"):
        Iris(base)


@pytest.mark.parametrize("base", ["https://example.org/", "http://localhost:8000/kg/", "https://example.org/kg#"])
def test_usable_bases_are_kept(base: str) -> None:
    """Any plain http(s) base that ends with a slash or hash will do."""
    assert Iris(base).paper("arxiv:1").startswith(base + "paper/")


@pytest.mark.parametrize(
    "address",
    [
        "https://a.org/b c",
        "https://a.org/<b>",
        "https://a.org/%zz",
        "https://é.org/",
        "javascript:alert(1)",
        "",
        "a.org",
    ],
)
def test_addresses_that_are_no_iris_stay_text(address: str) -> None:
    """Only plain http(s) IRIs become IRIs."""
    assert web_iri(address) is None
