// Colours of the page as numbers, for what is drawn and not styled.

import type { Concept, Graph, Item } from "./data.js";
import type { Filters } from "./filters.js";

export interface Theme {
  ground: string; ink: string; soft: string; edge: string; paper: string; accent: string; dark: boolean;
}

// Tol's muted colours, told apart by readers with each common kind of colour blindness; the last is for the rest.
const TOPIC_COLOURS = ["#4477aa", "#cc6677", "#117733", "#ddaa33", "#88ccee", "#aa4499", "#44aa99", "#999933", "#882255", "#6699cc"];
const OTHER = "#8a9099";

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: value("ground"), ink: value("ink"), soft: value("soft"), edge: value("edge"), paper: value("paper"),
    accent: value("accent"), dark: value("scheme") === "dark",
  };
}

export const PRINT_THEME: Theme = {
  ground: "#ffffff", ink: "#1b1f24", soft: "#59626c", edge: "#59636e", paper: "#8a9099", accent: "#0b5cad", dark: false,
};

export function topicColour(topic: number): string {
  return TOPIC_COLOURS[topic] ?? OTHER;
}

export function colourOf(item: Item, graph: Graph, filters: Filters, theme: Theme): string {
  if (item.kind === "paper") return theme.paper;
  if (item.kind === "topic") return mix(filters.colouring === "topic" ? topicColour(item.index) : theme.soft, theme.ground, 0.35);
  return conceptColour(item, graph, filters, theme);
}

function conceptColour(concept: Concept, graph: Graph, filters: Filters, theme: Theme): string {
  if (filters.colouring === "topic") return topicColour(concept.topic);
  if (filters.colouring === "year") return yearColour(Number(concept.date.slice(0, 4)), graph, theme);
  return typeColour(concept.type, graph, theme);
}

export function typeColour(type: number, graph: Graph, theme: Theme): string {
  const colour = graph.settings.colours[type] ?? OTHER;
  // On a dark ground the palette's blue is too dark to be seen well.
  return theme.dark ? mix(colour, "#ffffff", 0.78) : colour;
}

// From blue (first seen long ago) to orange (lately).
export function yearColour(year: number, graph: Graph, theme: Theme): string {
  const [first, last] = graph.years;
  if (!year) return OTHER;
  const share = last > first ? (year - first) / (last - first) : 1;
  return mix("#f28e2b", theme.dark ? "#6f8fd0" : "#35508f", share ** 1.5);
}

// `share` of the first colour and the rest of the second; both as #rrggbb.
export function mix(first: string, second: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [parseInt(first.slice(at, at + 2), 16), parseInt(second.slice(at, at + 2), 16)];
    return Math.round(a * share + b * (1 - share)).toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
}
