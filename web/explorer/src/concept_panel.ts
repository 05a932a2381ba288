// What is known about a concept.

import { timeline } from "./chart.js";
import { countPapers, type Alias, type Assertion, type Concept, type Relation } from "./data.js";
import { button, countOf, longList, make, say, textOf, type Child } from "./dom.js";
import { quotes } from "./evidence.js";
import { chip, heading, linkTo, panelHead, type PanelContext } from "./panel_parts.js";

const REASONS: Record<string, string> = {
  label: "a form of its name",
  catalogue: "listed in the catalogue",
  definition: "defined in the text",
  "definition elsewhere": "defined in another paper",
  "head noun": "the name with its head noun",
  "spelt out": "the name spelt out",
  modifier: "the name with a modifier",
  "word order": "the same words in another order",
  name: "found as a name",
  spelling: "another spelling",
  "near spelling": "a near spelling",
  "similar papers": "found in similar papers",
};

const FORWARD: Record<string, string> = {
  is_a: "is a kind of", part_of: "is part of", extends: "extends", used_for: "is used for",
  evaluated_on: "is evaluated on", trained_on: "is trained on", outperforms: "outperforms", compared_with: "is compared with",
};
const BACKWARD: Record<string, string> = {
  is_a: "has as kinds", part_of: "has as parts", extends: "is extended by", used_for: "is done with",
  evaluated_on: "is used to evaluate", trained_on: "is used to train", outperforms: "is outperformed by", compared_with: "is compared with",
};

const ROLE_TITLES: Record<string, string> = {
  introduces: "Introduced by", evaluates_on: "Used to evaluate in", uses: "Used by", compares: "Compared in",
  addresses: "Addressed by", measures: "Measured in", studies: "Studied by", mentions: "Mentioned in",
};

export function conceptPanel(concept: Concept, context: PanelContext): Child[] {
  const { graph } = context;
  const live = concept.assertions.filter((one) => one.live);
  const papers = countPapers(live);
  const hidden = concept.total - papers;
  const facts = [
    `In ${countOf(papers, "paper")}${hidden ? ` (${hidden} more are filtered out)` : ""}`,
    concept.date ? `first in ${concept.date}` : "",
  ];
  const topic = graph.topics[concept.topic];
  return [
    panelHead(context, concept, graph.settings.types[concept.type] ?? "Concept"),
    concept.definition ? textOf("p", concept.definition) : null,
    make("p", "facts", facts.filter(Boolean).join(", "), "."),
    aliasList(concept.aliases, context),
    timeline(live, graph),
    ...papersByRole(live, context),
    ...relatedConcepts(concept, context),
    ...oftenTogether(live, concept, context),
    topic ? make("p", "facts topic-line", "Topic: ", button("link", () => context.open(topic), textOf("bdi", topic.label))) : null,
  ];
}

function aliasList(aliases: readonly Alias[], context: PanelContext): Child {
  if (!aliases.length) return null;
  const makeRow = (alias: Alias): Node => {
    const { paper } = alias;
    const why = make("span", "why", REASONS[alias.reason] ?? alias.reason);
    if (paper) why.append(" in ", button("link", () => context.open(paper), textOf("bdi", paper.label)));
    return make("li", "alias", textOf("b", alias.text), why);
  };
  const names = aliases.slice(0, 4).map((alias) => alias.text).join(", ");
  const summary = make("summary", "", "Also called ", textOf("bdi", names), aliases.length > 4 ? ` and ${aliases.length - 4} more` : "");
  return make("details", "aliases", summary, longList(aliases, makeRow, 30));
}

function papersByRole(live: readonly Assertion[], context: PanelContext): Child[] {
  return context.graph.settings.roles.flatMap((role, number) => {
    const found = live.filter((one) => one.role === number);
    if (!found.length) return [];
    found.sort((a, b) => b.paper.date.localeCompare(a.paper.date) || a.paper.index - b.paper.index);
    return [heading(ROLE_TITLES[role] ?? say(role), found.length), longList(found, (edge) => paperRow(edge, context), 8)];
  });
}

function paperRow(edge: Assertion, context: PanelContext): Node {
  const line = make("div", "line", linkTo(edge.paper, context), textOf("span", edge.paper.date.slice(0, 7), "date"));
  return make("li", "", line, quotes(context.graph.evidenceFor(edge), context.colour(edge.concept)));
}

function relatedConcepts(concept: Concept, context: PanelContext): Child[] {
  const { graph } = context;
  const groups = new Map<string, Relation[]>();
  for (const relation of concept.relations) {
    const name = graph.settings.predicates[relation.predicate] ?? "";
    const title = (relation.subject === concept ? FORWARD : BACKWARD)[name] ?? say(name);
    groups.set(title, [...(groups.get(title) ?? []), relation]);
  }
  if (!groups.size) return [];
  const result: Child[] = [heading("Related concepts", concept.relations.length)];
  for (const [title, relations] of groups) {
    relations.sort((a, b) => other(b, concept).total - other(a, concept).total || b.confidence - a.confidence);
    result.push(textOf("h4", `It ${title}`), longList(relations, (one) => relationRow(one, concept, context), 6));
  }
  return result;
}

function relationRow(relation: Relation, concept: Concept, context: PanelContext): Node {
  const evidence = context.graph.evidenceFor(relation);
  const source = evidence[0] ? linkTo(evidence[0].paper, context) : textOf("span", "the catalogue says so");
  return make("li", "", make("div", "line", linkTo(other(relation, concept), context)), quotes(evidence), make("div", "source", evidence[0] ? "in " : "", source));
}

function other(relation: Relation, concept: Concept): Concept {
  return relation.subject === concept ? relation.object : relation.subject;
}

function oftenTogether(live: readonly Assertion[], concept: Concept, context: PanelContext): Child[] {
  const shared = new Map<Concept, Set<number>>();
  for (const one of live) {
    for (const next of one.paper.assertions) {
      if (next.concept === concept || !next.live) continue;
      const papers = shared.get(next.concept) ?? new Set();
      shared.set(next.concept, papers.add(one.paper.index));
    }
  }
  const best = [...shared].sort((a, b) => b[1].size - a[1].size || b[0].total - a[0].total || a[0].index - b[0].index).slice(0, 16);
  if (!best.length) return [];
  return [heading("Often in the same papers"), make("div", "chips", ...best.map(([item, papers]) => chip(item, papers.size, context)))];
}
