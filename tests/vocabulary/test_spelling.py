"""The looser key: what two authors may write for one name, and what only looks alike."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.vocabulary import loose_key, normalise_form, spelt_alike


@pytest.mark.parametrize(
    "forms",
    [
        ("GPT 4", "GPT-4", "GPT4", "gpt‑4", "ＧＰＴ－４", "GPT−4"),
        ("pretraining", "pre-training", "Pre Training", "pre-trainings"),
        ("H₂O", "H2O", "H-2O"),
        ("β-VAE", "beta-VAE", "βVAE", "Beta VAEs"),
        ("Zipf's law", "Zipf’s law", "Zipf law", "Zipfʼs laws"),
        ("dialogue system", "dialog system", "dialogue systems"),
        ("image catalogue", "image catalog"),
        ("artefact removal", "artifact removal"),
        ("YOLOv8", "YOLO v8", "YOLO-8", "YOLO version 8"),
        ("Kiwi II", "Kiwi 2", "Kiwi-2"),
        ("opinions mining", "opinion mining"),
        ("judgement", "judgment"),
        ("colour modelling", "color modeling"),
        ("ﬁne-tuning", "finetuning"),
    ],
)
def test_one_key(forms: tuple[str, ...]) -> None:
    """Spaces, hyphens, version marks, Greek letters, possessives, plurals inside and spelling make no difference."""
    assert len({loose_key(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-3.5", "GPT-35"),
        ("Kiwi 1 2", "Kiwi 12"),
        ("CoV-2", "CO2"),
        ("C", "C++"),
        ("Kiwi II", "Kiwi III"),
        ("supervised", "unsupervised"),
    ],
)
def test_two_keys(one: str, other: str) -> None:
    """Numbers, signs and opposites tell names apart."""
    assert loose_key(one) != loose_key(other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("LoRA", "LoRa", False),
        ("LoRA", "LoRAs", True),
        ("U-Net", "UNet", True),
        ("SEG-Net", "SegNet", False),
        ("few-shot", "Few Shot", True),
        ("Agent", "agent", True),
        ("WordHopping", "word hopping", False),
        ("WordHopping", "Word Hopping", True),
        ("fine-tuning", "FINETUNING", True),
        ("LLaMA-V1", "LLaMA-1", True),
    ],
)
def test_spelt_alike(one: str, other: str, *, alike: bool) -> None:
    """Short and coined names keep the capitals inside them; of long ones capitals do not count."""
    assert spelt_alike(one, other) is alike
    assert spelt_alike(other, one) is alike


@settings(deadline=None, max_examples=300)
@given(st.text(string.ascii_letters + string.digits + " -.'’αβé²", max_size=30))
def test_looser_than_the_plain_key(form: str) -> None:
    """Forms with one plain key have one loose key: it depends on the plain key alone."""
    assert loose_key(form) == loose_key(normalise_form(form)) or normalise_form(form) != normalise_form(
        normalise_form(form)
    )
