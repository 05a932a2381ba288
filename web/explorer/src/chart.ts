// Papers a year as bars.

import type { Assertion, Graph } from "./data.js";
import { countOf, make, svg, textOf } from "./dom.js";

interface Bar { year: number; papers: number; introducing: number }

export function timeline(assertions: readonly Assertion[], graph: Graph): HTMLElement | null {
  const introduces = graph.settings.roles.indexOf("introduces");
  const seen = new Map<number, { all: Set<number>; first: Set<number> }>();
  for (const one of assertions) {
    if (!one.paper.year) continue;
    const year = seen.get(one.paper.year) ?? { all: new Set(), first: new Set() };
    seen.set(one.paper.year, year);
    year.all.add(one.paper.index);
    if (one.role === introduces) year.first.add(one.paper.index);
  }
  const bars = yearsOf(graph).map((year) => ({
    year, papers: seen.get(year)?.all.size ?? 0, introducing: seen.get(year)?.first.size ?? 0,
  }));
  return bars.length > 1 && seen.size ? draw(bars) : null;
}

export function papersTimeline(graph: Graph): HTMLElement | null {
  const counts = new Map<number, number>();
  for (const paper of graph.papers) if (paper.year) counts.set(paper.year, (counts.get(paper.year) ?? 0) + 1);
  const bars = yearsOf(graph).map((year) => ({ year, papers: counts.get(year) ?? 0, introducing: 0 }));
  return bars.length > 1 ? draw(bars) : null;
}

function yearsOf(graph: Graph): number[] {
  const [first, last] = graph.years;
  // Of a long history the last thirty years: bars must be wide enough to be seen.
  return last ? Array.from({ length: Math.min(last - first + 1, 30) }, (_, step) => Math.max(first, last - 29) + step) : [];
}

function draw(bars: readonly Bar[]): HTMLElement {
  const [width, height] = [340, 64];
  const step = width / bars.length;
  const highest = Math.max(...bars.map((bar) => bar.papers), 1);
  const told = bars.filter((bar) => bar.papers).map((bar) => `${bar.year}: ${countOf(bar.papers, "paper")}`);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height + 16}`, role: "img", "aria-label": `Papers a year. ${told.join(", ")}` });
  const every = Math.max(1, Math.ceil(34 / step));
  bars.forEach((bar, place) => {
    const tall = (bar.papers / highest) * (height - 12);
    const part = (bar.introducing / highest) * (height - 12);
    const x = place * step + Math.min(2, step * 0.1);
    const wide = Math.max(1, step - Math.min(4, step * 0.2));
    const tip = svg("title", {});
    tip.textContent = `${bar.year}: ${countOf(bar.papers, "paper")}${bar.introducing ? `, ${bar.introducing} introduce it` : ""}`;
    const column = svg("g", {}, tip, svg("rect", { x, y: height - tall, width: wide, height: tall, rx: 2, class: "bar" }));
    if (part) column.append(svg("rect", { x, y: height - part, width: wide, height: part, rx: 2, class: "bar first" }));
    if (bar.papers && step > 14) column.append(number(String(bar.papers), x + wide / 2, height - tall - 3, "value"));
    if ((bars.length - 1 - place) % every === 0) column.append(number(String(bar.year), x + wide / 2, height + 12, "year"));
    picture.append(column);
  });
  picture.append(svg("line", { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5, class: "axis" }));
  const legend = bars.some((bar) => bar.introducing) ? textOf("figcaption", "darker: papers that introduce it") : null;
  return make("figure", "timeline", picture, legend);
}

function number(text: string, x: number, y: number, className: string): SVGElement {
  const element = svg("text", { x, y, "text-anchor": "middle", class: className });
  element.textContent = text;
  return element;
}
