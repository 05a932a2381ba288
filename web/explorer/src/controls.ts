// The filters, which are the legend too.

import type { Graph } from "./data.js";
import { button, dot, find, make, say, textOf } from "./dom.js";
import { firstFilters, type Colouring, type Filters } from "./filters.js";
import { readTheme, topicColour, typeColour, yearColour } from "./theme.js";

export class Controls {
  private readonly form = find("filters-form");

  constructor(private readonly graph: Graph, private readonly filters: Filters, private readonly changed: () => void) {}

  show(): void {
    const { filters, graph } = this;
    this.form.replaceChildren(
      this.section("Concepts", this.typeList()),
      this.section("Colour", this.colourChoice(), this.colourLegend()),
      this.section("Frequency", this.slider("Papers, at least", "support", 1, this.mostPapers(), (value) => String(value))),
      this.section("Map", this.toggle("Papers as nodes", "papers"), this.toggle("Shared papers", "links"), this.toggle("Stated relations", "relations")),
      this.section("Time", ...this.timeSliders()),
      this.section("Evidence", this.slider("Confidence, at least", "confidence", 0, 1000, (value) => (value / 1000).toFixed(2)), this.roleList()),
      ...(filters.topic >= 0 ? [this.topicNote()] : []),
      button("reset", () => this.reset(), "Reset filters"),
    );
    this.form.dataset["concepts"] = String(graph.concepts.length);
  }

  reset(): void {
    Object.assign(this.filters, firstFilters(this.graph));
    this.show();
    this.changed();
  }

  private section(title: string, ...children: (Node | null)[]): HTMLElement {
    return make("fieldset", "", textOf("legend", title), ...children);
  }

  private typeList(): HTMLElement {
    const { settings, concepts } = this.graph;
    const theme = readTheme();
    return make("div", "choices", ...settings.types.map((name, type) => {
      const count = concepts.reduce((sum, one) => sum + Number(one.type === type), 0);
      const colour = this.filters.colouring === "type" ? typeColour(type, this.graph, theme) : theme.soft;
      return this.box(`${name}s`, this.filters.types, type, count, colour);
    }));
  }

  private roleList(): HTMLElement {
    const { settings, assertions } = this.graph;
    const counts = settings.roles.map((_, role) => assertions.reduce((sum, one) => sum + Number(one.role === role), 0));
    const boxes = settings.roles.map((name, role) => this.box(say(name), this.filters.roles, role, counts[role] ?? 0, ""));
    const fold = make("details", "", textOf("summary", "Roles of papers"), make("div", "choices", ...boxes));
    fold.open = this.filters.roles.size < settings.roles.length;
    return fold;
  }

  private box(name: string, set: Set<number>, value: number, count: number, colour: string): HTMLElement {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.checked = set.has(value);
    input.addEventListener("change", () => {
      if (input.checked) set.add(value);
      else set.delete(value);
      this.changed();
    });
    return make("label", "choice", input, colour ? dot(colour) : null, make("span", "", name), textOf("span", count.toLocaleString("en"), "number"));
  }

  private toggle(name: string, key: "papers" | "links" | "relations" | "undated"): HTMLElement {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.setAttribute("role", "switch");
    input.checked = this.filters[key];
    input.addEventListener("change", () => {
      this.filters[key] = input.checked;
      this.changed();
    });
    return make("label", "choice switch", make("span", "", name), input);
  }

  private slider(name: string, key: "support" | "confidence" | "from" | "to", low: number, high: number, say: (value: number) => string): HTMLElement {
    const input = document.createElement("input");
    input.type = "range";
    [input.min, input.max, input.step] = [String(low), String(high), key === "confidence" ? "10" : "1"];
    input.value = String(this.filters[key]);
    const value = make("output", "", say(this.filters[key]));
    input.addEventListener("input", () => {
      this.filters[key] = Number(input.value);
      value.textContent = say(this.filters[key]);
      this.changed();
    });
    return make("label", "slider", make("span", "", name), value, input);
  }

  private timeSliders(): HTMLElement[] {
    const [first, last] = this.graph.years;
    const undated = this.graph.papers.some((paper) => !paper.year);
    if (last <= first) return [make("p", "hint", last ? `All dated papers are of ${last}.` : "No paper has a date.")];
    return [
      this.slider("From", "from", first, last, String),
      this.slider("To", "to", first, last, String),
      ...(undated ? [this.toggle("Papers without a date", "undated")] : []),
    ];
  }

  private colourChoice(): HTMLElement {
    const names: [Colouring, string][] = [["type", "Type"], ["topic", "Topic"], ["year", "First year"]];
    return make("div", "segments", ...names.map(([value, name]) => {
      const element = button("", () => {
        this.filters.colouring = value;
        this.show();
        this.changed();
      }, name);
      element.setAttribute("aria-pressed", String(this.filters.colouring === value));
      return element;
    }));
  }

  private colourLegend(): HTMLElement | null {
    const { filters, graph } = this;
    if (filters.colouring === "type") return null;
    if (filters.colouring === "year") {
      const [first, last] = graph.years;
      if (!last) return null;
      const theme = readTheme();
      const years = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(first + share * (last - first))))];
      return make("div", "choices", ...years.map((year) => make("div", "choice", dot(yearColour(year, graph, theme)), make("span", "", String(year)))));
    }
    return make("div", "choices", ...graph.topics.slice(0, 10).map((topic) => make("div", "choice", dot(topicColour(topic.index)), textOf("span", topic.leaders[0]?.label ?? ""))));
  }

  private topicNote(): HTMLElement {
    const topic = this.graph.topics[this.filters.topic];
    return make("fieldset", "", textOf("legend", "Topic"), textOf("p", topic?.label ?? "", "hint"), button("more", () => {
      this.filters.topic = -1;
      this.show();
      this.changed();
    }, "Show all topics"));
  }

  private mostPapers(): number {
    const most = this.graph.concepts.reduce((found, one) => Math.max(found, one.total), 1);
    return Math.max(2, Math.min(most, 60));
  }
}
