"""Surface forms: spellings of one name share a key, every label gets a valid id."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.vocabulary import normalise_form, singular, slug

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FORMS = st.lists(
    st.text(string.ascii_letters + string.digits + "αβΩéü", min_size=1, max_size=12), min_size=1, max_size=4
)
KEYS = st.lists(st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("models", "model"),
        ("LLMs", "LLM"),
        ("GPT-4s", "GPT-4"),
        ("AWS", "AWS"),
        ("DARTS", "DARTS"),
        ("policies", "policy"),
        ("ties", "tie"),
        ("losses", "loss"),
        ("boxes", "box"),
        ("searches", "search"),
        ("meshes", "mesh"),
        ("caches", "cache"),
        ("axes", "axis"),
        ("corpora", "corpus"),
        ("corpus", "corpus"),
        ("analyses", "analysis"),
        ("Matrices", "matrix"),
        ("loss", "loss"),
        ("bias", "bias"),
        ("biases", "bias"),
        ("physics", "physics"),
        ("statistics", "statistics"),
        ("series", "series"),
        ("analysis", "analysis"),
        ("gas", "gas"),
        ("Bayes", "Bayes"),
        ("atlas", "atlas"),
        ("is", "is"),
        ("s", "s"),
        ("", ""),
        ("model", "model"),
    ],
)
def test_singular(word: str, expected: str) -> None:
    """Nouns lose their plural; words that only look like one, and capitals, stay."""
    assert singular(word) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ("Large-Language Models", "large language model", "LARGE_LANGUAGE  MODEL", "lar\u00adge language model"),
        ("fine-tuning", "fine tuning", "fine\u2011tuning", "Fine–Tuning"),
        ("Optimisation", "optimization"),
        ("Summariser", "summarizer"),
        ("generalised", "generalized"),
        ("normalising", "normalizing"),
        ("analysing", "analyzing"),
        ("Behaviour", "behavior"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("centre", "center"),
        ("domain adaption", "domain adaptation"),
        ("β-VAE", "beta VAE", "beta-VAEs"),
        ("ﬁne-tuning", "fine tuning"),
        ("BERT's", "BERT", "BERT’s"),
        ("(GLUE).", "GLUE", '"GLUE"'),
        ("GPT\u200b-4", "GPT-4", "gpt 4", "GPT/4"),
        ("ＣＮＮ", "CNN", "CNNs"),
        ("word\n embeddings", "word embedding"),
    ],
)
def test_one_name(forms: tuple[str, ...]) -> None:
    """Case, separators, invisible and compatibility letters, British spelling, Greek and plural make no difference."""
    assert len({normalise_form(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-3", "GPT-4"),
        ("C", "C++"),
        ("DARTS", "DART"),
        ("noise", "noize"),
        ("precise", "precize"),
        ("exercise", "exercize"),
        ("four", "for"),
        ("hour", "hor"),
        ("word embedding", "words embedding"),
        ("naïve Bayes", "naive Bayes"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    """What is not a spelling of the same name keeps its own key."""
    assert normalise_form(one) != normalise_form(other)


@pytest.mark.parametrize("text", ["", " ", "-", "\u200b", " .,;:'\"() ", "—/_"])
def test_no_name(text: str) -> None:
    """Text without a letter of a name has the empty key."""
    assert normalise_form(text) == ""


@settings(deadline=None, max_examples=300)
@given(KEYS)
def test_key_of_a_lower_case_form_is_its_own_key(words: list[str]) -> None:
    """Normalising a second time changes nothing. (Capitals are lost the first time: "DARTS" is no plural.)"""
    key = normalise_form(" ".join(words))
    assert normalise_form(key) == key


@settings(deadline=None, max_examples=200)
@given(FORMS, st.lists(st.sampled_from([" ", "-", "_", "/", "\u2011", "  ", " - "]), min_size=4, max_size=4))
def test_separators_make_no_difference(words: list[str], separators: list[str]) -> None:
    """However the words are joined, the key is the same."""
    joined = "".join(word + separator for word, separator in zip(words, separators, strict=False))
    assert normalise_form(joined) == normalise_form(" ".join(words))


@settings(deadline=None, max_examples=300)
@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    """Any Unicode text has a key, without outer blanks and upper-case ASCII."""
    key = normalise_form(text)
    assert key == key.strip(" ")
    assert not set(key) & set(string.ascii_uppercase)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Low-Rank Adaptation", "low-rank-adaptation"),
        ("GPT-4o", "gpt-4o"),
        ("Llama-3 8B", "llama-3-8b"),
        ("E^3", "e-3"),
        ("β-VAE", "beta-vae"),
        ("naïve Bayes", "naive-bayes"),
        ("Poincaré embeddings", "poincare-embedding"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("Q*", "q-star"),
        ("DeepSeek+", "deepseek-plus"),
        ("++", "plus-plus"),
        ("模型", None),
        ("", None),
        ("🦘", None),
    ],
)
def test_slug(label: str, expected: str | None) -> None:
    """A slug keeps letters and digits; a label without any gets x and a hash."""
    found = slug(label)
    assert found == expected if expected else re.fullmatch("x[0-9a-f]{12}", found)


def test_hashed_slugs_differ() -> None:
    """Labels without ASCII letters are told apart."""
    assert len({slug("模型"), slug("数据"), slug("🦘"), slug("")}) == 4


@settings(deadline=None, max_examples=500)
@given(st.text() | st.text(st.characters(), min_size=90, max_size=130) | st.from_regex(r"[a-z +-]{0,120}"))
def test_slug_is_an_id(text: str) -> None:
    """Whatever the text, its slug is a valid concept id of at most 100 characters."""
    found = slug(text)
    assert ID.fullmatch(found)
    assert len(found) <= 100


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(categories=["Cs", "Lo", "Nd", "Mn"])))
def test_slug_of_broken_text(text: str) -> None:
    """Lone surrogates and foreign digits give a valid id too."""
    assert ID.fullmatch(slug(text))


@settings(deadline=None, max_examples=200)
@given(FORMS)
def test_slug_depends_on_the_key_only(words: list[str]) -> None:
    """Spellings of one name get one id."""
    assert slug("-".join(words)) == slug(" ".join(words))
