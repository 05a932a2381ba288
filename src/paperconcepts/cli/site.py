"""``paperconcepts site``: a built folder as a web site of plain files."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command("site")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("-o", "--out", "folder", metavar="FOLDER", required=True, type=click.Path(path_type=Path),
              help="Folder to write; an earlier site there is replaced, other files are left alone.")  # fmt: skip
@click.option(
    "--title", metavar="TEXT", default="Papers and concepts", show_default=True, help="What the site is called."
)
@click.option("--base-url", metavar="URL", default="", help="Where it will lie, for canonical addresses and a sitemap.")
@click.option("--min-support", type=click.IntRange(min=1), default=1, show_default=True,
              help="Concepts of fewer papers have no page of their own.")  # fmt: skip
@click.option("--with-data", is_flag=True, help="Copy the files of DIR into the site, with a page that lists them.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    directory: Path, folder: Path, title: str, base_url: str, min_support: int, with_data: bool, quiet: bool
) -> None:
    """Write a static web site of the papers and concepts of a folder that build wrote.

    A page for each paper, concept, dataset and task, lists, trends and a search: plain files that work from a disk and
    from any web host, without a network.

    \b
    paperconcepts site graph/ -o site/
    paperconcepts site graph/ -o site/ --title "Papers we read" --with-data
    """  # noqa: D301 - click looks for the character \b itself
    from paperconcepts.export.graph_reading import read_graph
    from paperconcepts.export.site import write_site
    from paperconcepts.query import concept_trends

    graph = read_graph(directory)
    written = write_site(
        graph, folder, title=title, base_url=base_url, min_support=min_support, trends=concept_trends(graph),
        data=directory if with_data else None,
    )  # fmt: skip
    if not quiet:
        gone = f", {written.removed:,} old files removed" if written.removed else ""
        click.echo(f"{written.pages:,} pages in {folder}{gone}")
        click.echo(f"open       {folder / 'index.html'}")
