// The graph as a table: the same filters, sortable, for reading, printing and screen readers.

import type { Concept, Graph, Paper } from "./data.js";
import { button, countOf, dot, find, make, textOf } from "./dom.js";
import { shownConcepts, shownPapers, type Filters } from "./filters.js";
import type { PanelContext } from "./panel_parts.js";
import { toCsv } from "./pictures.js";

type Cell = string | number;
interface Column<T> { name: string; value(item: T): Cell; isNumber?: boolean; falls?: boolean }

const PAGE = 100;
const ROLE_SHORT = ["introduces", "uses", "evaluates_on"];

export class TableView {
  private kind: "concepts" | "papers" = "concepts";
  private sorted = { concepts: { column: 2, falls: true }, papers: { column: 1, falls: true } };
  private shown = PAGE;

  constructor(private readonly context: PanelContext, private readonly filters: Filters) {}

  show(): void {
    const isConcepts = this.kind === "concepts";
    if (isConcepts) this.fill(shownConcepts(this.context.graph, this.filters), conceptColumns(this.context.graph));
    else this.fill(shownPapers(this.context.graph), paperColumns(this.context.graph));
  }

  toCsv(): string {
    const { graph } = this.context;
    if (this.kind === "concepts") return csvOf(shownConcepts(graph, this.filters), conceptColumns(graph));
    return csvOf(shownPapers(graph), paperColumns(graph));
  }

  private fill<T extends Concept | Paper>(items: T[], columns: Column<T>[]): void {
    const order = this.sorted[this.kind];
    const column = columns[order.column]!;
    items.sort((a, b) => compare(column.value(a), column.value(b)) * (order.falls ? -1 : 1) || a.index - b.index);
    const head = make("tr", "", ...columns.map((one, place) => this.headCell(one, place, order)));
    const rows = items.slice(0, this.shown).map((item) => this.row(item, columns));
    const table = make("table", "", make("thead", "", head), make("tbody", "", ...rows));
    table.setAttribute("aria-label", this.kind);
    const noun = this.kind === "concepts" ? "concept" : "paper";
    const more = items.length > this.shown ? button("more", () => this.showMore(), `Show ${Math.min(PAGE, items.length - this.shown)} more of ${items.length.toLocaleString("en")}`) : null;
    find("table").replaceChildren(this.tabs(countOf(items.length, noun)), table, ...(more ? [more] : []));
  }

  private tabs(count: string): HTMLElement {
    const tab = (kind: "concepts" | "papers", name: string): HTMLElement => {
      const element = button("tab", () => {
        this.kind = kind;
        this.shown = PAGE;
        this.show();
      }, name);
      element.setAttribute("aria-pressed", String(this.kind === kind));
      return element;
    };
    return make("div", "tabs", tab("concepts", "Concepts"), tab("papers", "Papers"), make("span", "count", count));
  }

  private headCell<T>(column: Column<T>, place: number, order: { column: number; falls: boolean }): HTMLElement {
    const active = order.column === place;
    const sign = active ? (order.falls ? " ↓" : " ↑") : "";
    const cell = make("th", column.isNumber ? "number" : "", button("sort", () => {
      this.sorted[this.kind] = { column: place, falls: active ? !order.falls : (column.falls ?? false) };
      this.show();
    }, column.name + sign));
    cell.scope = "col";
    cell.setAttribute("aria-sort", active ? (order.falls ? "descending" : "ascending") : "none");
    return cell;
  }

  private row<T extends Concept | Paper>(item: T, columns: Column<T>[]): HTMLElement {
    const cells = columns.map((column, place) => {
      if (place > 0) return textOf("td", String(column.value(item)), column.isNumber ? "number" : "");
      const name = button("link", () => this.context.open(item), dot(this.context.colour(item)), textOf("bdi", String(column.value(item))));
      const cell = make("th", "", name);
      cell.scope = "row";
      return cell;
    });
    return make("tr", "", ...cells);
  }

  private showMore(): void {
    this.shown += PAGE;
    this.show();
  }
}

function conceptColumns(graph: Graph): Column<Concept>[] {
  const roles = ROLE_SHORT.map((name) => graph.settings.roles.indexOf(name));
  return [
    { name: "Concept", value: (one) => one.label },
    { name: "Type", value: (one) => graph.settings.types[one.type] ?? "" },
    { name: "Papers", value: (one) => one.live, isNumber: true, falls: true },
    { name: "First seen", value: (one) => one.date },
    ...roles.map((role, place) => ({
      name: ["Introduced", "Used", "Evaluated on"][place]!, isNumber: true, falls: true,
      value: (one: Concept) => one.assertions.filter((edge) => edge.live && edge.role === role).length,
    })),
    { name: "Also called", value: (one) => one.aliases.slice(0, 2).map((alias) => alias.text).join(", ") },
  ];
}

function paperColumns(graph: Graph): Column<Paper>[] {
  const introduces = graph.settings.roles.indexOf("introduces");
  return [
    { name: "Paper", value: (one) => one.label },
    { name: "Date", value: (one) => one.date, falls: true },
    { name: "Concepts", value: (one) => one.live, isNumber: true, falls: true },
    {
      name: "Introduces",
      value: (one) => one.assertions.filter((edge) => edge.live && edge.role === introduces).map((edge) => edge.concept.label).join(", "),
    },
  ];
}

function csvOf<T>(items: T[], columns: Column<T>[]): string {
  return toCsv([columns.map((one) => one.name), ...items.map((item) => columns.map((one) => one.value(item)))]);
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  // Not the language of the browser decides, so that every reader sees the same order.
  return String(a).localeCompare(String(b), "en");
}
