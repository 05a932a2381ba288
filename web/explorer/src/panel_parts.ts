// Parts that all panels share.

import type { Concept, Graph, Item, Paper, Topic } from "./data.js";
import { button, dot, make, textOf } from "./dom.js";

export interface PanelContext {
  graph: Graph;
  open(item: Item | null): void;
  within(topic: Topic): void;
  colour(item: Item): string;
}

export function panelHead(context: PanelContext, item: Item, kind: string): HTMLElement {
  const label = item.kind === "paper" ? item.title.trim() || item.label : item.label;
  const title = textOf("h2", label);
  title.tabIndex = -1;
  return make("header", "panel-head", make("div", "kind", dot(context.colour(item)), kind), title);
}

export function heading(text: string, number?: number): HTMLElement {
  return make("h3", "", text, number === undefined ? null : textOf("span", number.toLocaleString("en"), "number"));
}

export function linkTo(item: Concept | Paper, context: PanelContext): HTMLElement {
  const name = textOf("bdi", item.label);
  return button("link", () => context.open(item), item.kind === "concept" ? dot(context.colour(item)) : null, name);
}

export function chip(item: Item, number: number | null, context: PanelContext): HTMLElement {
  const count = number === null ? null : textOf("span", number.toLocaleString("en"), "number");
  return button("chip", () => context.open(item), dot(context.colour(item)), textOf("bdi", item.label), count);
}
