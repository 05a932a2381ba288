"""``paperconcepts doctor``: is this installation complete?"""

import importlib.metadata
import platform

import click

__all__ = ["command"]


@click.command("doctor")
def command() -> None:
    """Print versions, check the catalogue, the ontology and the pipeline; exit code 6 if something is missing."""
    from paperconcepts.extraction import build_nlp
    from paperconcepts.pipeline import describe_models
    from paperconcepts.version import __version__
    from paperconcepts.vocabulary import load_catalogue, ontology_path

    click.echo(
        f"paperconcepts {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    for name in ("spacy", "networkx", "rdflib", "pyoxigraph", "pydantic", "click"):
        click.echo(f"  {name:12} {importlib.metadata.version(name)}")
    click.echo(f"  ontology     {ontology_path('paperconcepts.ttl')}")
    click.echo(f"  shapes       {ontology_path('shapes.ttl')}")
    vocabulary = load_catalogue()
    click.echo(f"  catalogue    {len(vocabulary):,} concepts in {ontology_path('concepts')}")
    click.echo(f"  pipeline     {' > '.join(build_nlp().pipe_names)}")
    click.echo(f"  models       {describe_models()}")
    click.echo("all is well")
