// The state of the page in its address, so that a view can be shared: #concept=ID&view=table&min=3&types=Method,Task.

import type { Concept, Graph, Item } from "./data.js";
import { firstFilters, type Colouring, type Filters } from "./filters.js";
import { fold } from "./search.js";

export interface PageState { selected: Item | null; view: "map" | "table"; renderer: string }

export function writeAddress(state: PageState, filters: Filters, graph: Graph): string {
  const { settings } = graph;
  const plain = firstFilters(graph);
  const parts: [string, string][] = [];
  const { selected } = state;
  if (selected) parts.push([selected.kind, selected.kind === "topic" ? String(selected.index) : selected.id]);
  if (state.view !== "map") parts.push(["view", state.view]);
  if (filters.types.size < settings.types.length) parts.push(["types", names(filters.types, settings.types)]);
  if (filters.roles.size < settings.roles.length) parts.push(["roles", names(filters.roles, settings.roles)]);
  if (filters.support !== plain.support) parts.push(["min", String(filters.support)]);
  if (filters.confidence) parts.push(["confidence", String(filters.confidence / 1000)]);
  if (filters.from !== plain.from) parts.push(["from", String(filters.from)]);
  if (filters.to !== plain.to) parts.push(["to", String(filters.to)]);
  if (!filters.undated) parts.push(["undated", "0"]);
  if (filters.topic >= 0) parts.push(["within", String(filters.topic)]);
  if (filters.papers) parts.push(["papers", "1"]);
  if (!filters.links) parts.push(["links", "0"]);
  if (filters.relations) parts.push(["relations", "1"]);
  if (filters.colouring !== "type") parts.push(["colour", filters.colouring]);
  if (state.renderer) parts.push(["renderer", state.renderer]);
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":")}`).join("&");
}

export function readAddress(hash: string, filters: Filters, graph: Graph): PageState {
  const parts = new Map<string, string>();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) parts.set(part.slice(0, at), decode(part.slice(at + 1)));
  }
  Object.assign(filters, firstFilters(graph));
  const { settings } = graph;
  const types = parts.get("types");
  const roles = parts.get("roles");
  if (types !== undefined) filters.types = numbers(types, settings.types);
  if (roles !== undefined) filters.roles = numbers(roles, settings.roles);
  filters.support = amount(parts.get("min"), 1, filters.support);
  filters.confidence = Math.round(1000 * Math.min(1, amount(parts.get("confidence"), 0, 0)));
  filters.from = amount(parts.get("from"), 0, filters.from);
  filters.to = amount(parts.get("to"), 0, filters.to);
  filters.undated = parts.get("undated") !== "0";
  const within = amount(parts.get("within"), 0, -1);
  filters.topic = graph.topics[within] ? within : -1;
  filters.papers = parts.get("papers") === "1";
  filters.links = parts.get("links") !== "0";
  filters.relations = parts.get("relations") === "1";
  const colouring = parts.get("colour");
  if (colouring === "topic" || colouring === "year") filters.colouring = colouring satisfies Colouring;
  const id = parts.get("concept") ?? parts.get("paper") ?? parts.get("id");
  const topic = parts.get("topic");
  const selected = id !== undefined ? (graph.find(id) ?? bearer(id, graph)) : topic !== undefined ? (graph.topics[Number(topic)] ?? null) : null;
  return { selected, view: parts.get("view") === "table" ? "table" : "map", renderer: parts.get("renderer") ?? "" };
}

// The concept of most papers that bears a name: people write the name they know into an address.
function bearer(name: string, graph: Graph): Concept | null {
  const wanted = fold(name);
  const bearers = graph.concepts.filter((one) => [one.label, ...one.aliases.map((alias) => alias.text)].some((text) => fold(text) === wanted));
  return bearers.reduce<Concept | null>((best, one) => (best && best.total >= one.total ? best : one), null);
}

function names(set: Set<number>, all: string[]): string {
  return all.filter((_, place) => set.has(place)).join(",");
}

function numbers(text: string, all: string[]): Set<number> {
  return new Set(text.split(",").map((name) => all.indexOf(name)).filter((place) => place >= 0));
}

function amount(text: string | undefined, least: number, otherwise: number): number {
  const value = Number(text);
  return text !== undefined && text !== "" && Number.isFinite(value) && value >= least ? value : otherwise;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // no valid escape: it names nothing
  }
}
