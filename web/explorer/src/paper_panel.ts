// What is known about a paper, a topic, and the whole.

import { papersTimeline } from "./chart.js";
import type { Assertion, Concept, Paper, Topic } from "./data.js";
import { button, countOf, longList, make, say, textOf, webLink, type Child } from "./dom.js";
import { pieces, quotes } from "./evidence.js";
import { chip, heading, linkTo, panelHead, type PanelContext } from "./panel_parts.js";

export function paperPanel(paper: Paper, context: PanelContext): Child[] {
  const { graph } = context;
  const text = graph.textOf(paper);
  const others = text.authorCount - text.authors.length;
  const authors = text.authors.length ? `${text.authors.join(", ")}${others > 0 ? ` and ${others} more` : ""}` : "";
  const facts = [paper.date, text.venue, paper.id].filter(Boolean).join(" · ");
  const live = paper.assertions.filter((one) => one.live);
  return [
    panelHead(context, paper, "Paper"),
    authors ? textOf("p", authors, "facts") : null,
    textOf("p", facts, "facts"),
    paper.url ? make("p", "facts", webLink(paper.url, paper.url)) : null,
    ...text.code.map((url) => make("p", "facts", "Code: ", webLink(url, url))),
    ...(text.abstract ? [heading("Abstract"), abstractOf(paper, text.abstract, context)] : []),
    ...conceptsByRole(live, context),
    ...relatedPapers(paper, context),
  ];
}

function abstractOf(paper: Paper, abstract: string, context: PanelContext): HTMLElement {
  const parts = paper.assertions.flatMap((one) => context.graph.mentionsOf(one).map(([from, to]) => ({ from, to, concept: one.concept })));
  const wrap = (part: { concept: Concept }, piece: string): Node => {
    const { concept } = part;
    const kind = context.graph.settings.types[concept.type] ?? "";
    const element = textOf("a", piece, "mention");
    element.href = `#concept=${encodeURIComponent(concept.id)}`;
    element.addEventListener("click", (event) => {
      event.preventDefault(); // the filters stay as they are
      context.open(concept);
    });
    element.style.borderBottomColor = context.colour(concept);
    element.title = `${concept.label} (${kind})`;
    return element;
  };
  const text = make("p", "abstract", ...pieces(abstract, 0, abstract.length, parts, wrap));
  text.dir = "auto";
  return text;
}

function conceptsByRole(live: readonly Assertion[], context: PanelContext): Child[] {
  return context.graph.settings.roles.flatMap((role, number) => {
    const found = live.filter((one) => one.role === number);
    if (!found.length) return [];
    const makeRow = (edge: Assertion): Node => {
      const kind = textOf("span", context.graph.settings.types[edge.concept.type] ?? "", "date");
      return make("li", "", make("div", "line", linkTo(edge.concept, context), kind), quotes(context.graph.evidenceFor(edge), context.colour(edge.concept)));
    };
    return [heading(`It ${say(role)}`, found.length), longList(found, makeRow, 10)];
  });
}

// Papers that share concepts with this one; a rare concept counts more than one that all papers have.
function relatedPapers(paper: Paper, context: PanelContext): Child[] {
  const score = new Map<Paper, number>();
  for (const concept of new Set(paper.assertions.map((one) => one.concept))) {
    const weight = Math.log(context.graph.papers.length / concept.total);
    for (const other of new Set(concept.assertions.map((one) => one.paper))) {
      if (other !== paper) score.set(other, (score.get(other) ?? 0) + weight);
    }
  }
  const best = [...score].filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1] || a[0].index - b[0].index).slice(0, 6);
  if (!best.length) return [];
  const makeRow = ([other]: [Paper, number]): Node =>
    make("li", "", make("div", "line", linkTo(other, context), textOf("span", other.date.slice(0, 7), "date")));
  return [heading("Papers with the same concepts"), longList(best, makeRow, 6)];
}

export function topicPanel(topic: Topic, context: PanelContext): Child[] {
  const { graph } = context;
  const members = graph.concepts.filter((one) => one.topic === topic.index).sort((a, b) => b.live - a.live || a.index - b.index);
  return [
    panelHead(context, topic, "Topic"),
    textOf("p", `${countOf(members.length, "concept")} that often stand in the same papers.`, "facts"),
    button("more", () => context.within(topic), "Show this topic only"),
    heading("Leading concepts"),
    make("div", "chips", ...members.slice(0, 40).map((one) => chip(one, one.live, context))),
  ];
}

// The panel before anything is chosen.
export function overviewPanel(context: PanelContext): Child[] {
  const { graph } = context;
  const title = textOf("h2", "Overview");
  title.tabIndex = -1;
  if (!graph.concepts.length) return [make("header", "panel-head", title), textOf("p", "This graph is empty.", "facts")];
  const facts = `${countOf(graph.papers.length, "paper")}, ${countOf(graph.concepts.length, "concept")}, ${countOf(graph.assertions.length + graph.relations.length, "edge")}.`;
  const top = (type: number): Concept[] => graph.concepts.filter((one) => one.type === type && one.live).sort((a, b) => b.live - a.live || a.index - b.index).slice(0, 7);
  const groups = graph.settings.types.flatMap((name, type) => {
    const best = top(type);
    return best.length ? [heading(`${name}s of most papers`), make("div", "chips", ...best.map((one) => chip(one, one.live, context)))] : [];
  });
  return [
    make("header", "panel-head", title),
    textOf("p", facts, "facts"),
    papersTimeline(graph),
    ...groups,
    ...(graph.topics.length ? [heading("Topics"), make("div", "chips", ...graph.topics.slice(0, 12).map((one) => chip(one, null, context)))] : []),
  ];
}
