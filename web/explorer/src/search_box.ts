// The search field with its list of hits.

import type { Item } from "./data.js";
import { countOf, dot, find, make, textOf } from "./dom.js";
import type { PanelContext } from "./panel_parts.js";
import { SearchIndex, type Hit } from "./search.js";

export class SearchBox {
  private readonly input = find<HTMLInputElement>("query");
  private readonly box = find<HTMLUListElement>("hits");
  private readonly status = find("search-status");
  private index: SearchIndex | null = null;
  private hits: Hit[] = [];
  private chosen = 0;

  constructor(private readonly context: PanelContext, private readonly choose: (item: Item) => void) {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("focus", () => this.search());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.press(event));
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private search(): void {
    this.index ??= new SearchIndex(this.context.graph);
    this.hits = this.index.find(this.input.value);
    this.chosen = 0;
    this.show();
  }

  private show(): void {
    const guessed = this.hits[0]?.guessed ?? false;
    const typed = this.input.value.trim() !== "";
    this.box.replaceChildren(...this.hits.map((hit, number) => this.row(hit, number)));
    this.box.hidden = !this.hits.length;
    this.status.textContent = typed ? (this.hits.length ? (guessed ? "Did you mean one of these?" : countOf(this.hits.length, "hit")) : "Nothing found. Try another spelling.") : "";
    this.status.classList.toggle("seen", typed && (guessed || !this.hits.length));
    this.input.setAttribute("aria-expanded", String(this.hits.length > 0));
    if (this.hits.length) this.input.setAttribute("aria-activedescendant", `hit-${this.chosen}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private row(hit: Hit, number: number): HTMLElement {
    const { item } = hit;
    const { settings } = this.context.graph;
    const kind = item.kind === "paper" ? item.date.slice(0, 4) || "paper" : `${settings.types[item.type] ?? ""} · ${item.total}`;
    const via = hit.via ? textOf("span", hit.via, "via") : null;
    const row = make("li", "", dot(this.context.colour(item)), textOf("span", item.label, "name"), via, textOf("span", kind, "number"));
    row.id = `hit-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(number === this.chosen));
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus until the hit is taken
      this.take(hit);
    });
    return row;
  }

  private take(hit: Hit): void {
    this.input.value = "";
    this.close();
    this.input.blur();
    this.choose(hit.item);
  }

  private close(): void {
    this.hits = [];
    this.box.replaceChildren();
    this.box.hidden = true;
    this.status.textContent = "";
    this.status.classList.remove("seen");
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const hit = this.hits[this.chosen];
    if (step && this.hits.length) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.hits.length) % this.hits.length;
      this.show();
    } else if (event.key === "Enter" && hit) this.take(hit);
    else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = "";
      this.input.blur();
    }
  }
}
