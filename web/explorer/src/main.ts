// The explorer: a map of concepts, a table, a search field, filters and a panel, all of one graph.

import { readAddress, writeAddress, type PageState } from "./address.js";
import { Controls } from "./controls.js";
import { Graph, type Item, type Topic } from "./data.js";
import { countOf, find } from "./dom.js";
import type { Focus } from "./draw.js";
import { closest, focusOf } from "./focus.js";
import { applyFilters, firstFilters, isShown, type Filters } from "./filters.js";
import { listenToKeys, nodeTowards } from "./keyboard.js";
import { openMap, type MapEvents, type MapView } from "./map_view.js";
import { listenToMenus } from "./menus.js";
import type { PanelContext } from "./panel_parts.js";
import { panelOf } from "./panel.js";
import { paintPicture, saveAs, type Sight } from "./pictures.js";
import { buildScene, EMPTY_SCENE, keyOf, shapeOf, type Scene, type SceneNode } from "./scene.js";
import { SearchBox } from "./search_box.js";
import { TableView } from "./table.js";
import { colourOf, PRINT_THEME, readTheme, type Theme } from "./theme.js";
import { showTip } from "./tip.js";

const LARGEST_SCALE = 1.6;

class Explorer {
  private readonly graph = new Graph();
  private readonly filters: Filters = firstFilters(this.graph);
  private readonly context: PanelContext = {
    graph: this.graph, open: (item) => this.open(item), within: (topic) => this.within(topic), colour: (item) => this.colour(item),
  };
  private readonly controls = new Controls(this.graph, this.filters, () => this.refilter());
  private readonly table = new TableView(this.context, this.filters);
  private readonly search = new SearchBox(this.context, (item) => this.open(item));
  private readonly container = find("map");
  private state: PageState = readAddress(location.hash, this.filters, this.graph);
  private theme: Theme = readTheme();
  private scene: Scene = EMPTY_SCENE;
  private map: MapView;
  private hovered: SceneNode | null = null;
  private pending = 0;
  private followed = location.hash;
  private stretch = 1;

  constructor() {
    this.map = openMap(this.container, this.events(), this.state.renderer);
    applyFilters(this.graph, this.filters);
    this.listen();
    this.controls.show();
    this.rebuild();
    this.showPanel();
    this.markView();
    this.approach(true);
    document.body.dataset["ready"] = String(this.graph.papers.length + this.graph.concepts.length);
    document.body.dataset["renderer"] = this.map.kind;
  }

  private events(): MapEvents {
    return {
      click: (node) => this.clicked(node),
      hover: (node, x, y) => this.hover(node, x, y),
      lost: () => {
        this.map.destroy();
        this.container.replaceChildren();
        this.map = openMap(this.container, this.events(), "canvas");
        this.map.show(this.scene, this.theme);
        this.map.fit(this.scene.nodes, LARGEST_SCALE);
        document.body.dataset["renderer"] = this.map.kind;
      },
    };
  }

  private colour(item: Item): string {
    return colourOf(item, this.graph, this.filters, this.theme);
  }

  private clicked(node: SceneNode | null): void {
    // A disc that stands for the rest of a topic opens that topic.
    if (node?.item.kind === "topic") this.within(node.item);
    else this.select(node?.item ?? null, false);
  }

  private within(topic: Topic): void {
    this.filters.topic = topic.index;
    this.controls.show();
    this.state.selected = topic;
    this.rebuild();
    this.showPanel();
    this.fitAll();
    this.remember(true);
  }

  // The reader goes on in the panel: what had the keyboard is gone or left behind.
  private open(item: Item | null): void {
    this.select(item);
    find("detail").querySelector("h2")?.focus({ preventScroll: true });
  }

  private select(item: Item | null, approach = true): void {
    if (item === this.state.selected) return;
    this.state.selected = item;
    this.rebuild();
    this.showPanel();
    if (approach) this.approach();
    this.remember(true);
  }

  private refilter(): void {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = 0;
      applyFilters(this.graph, this.filters);
      this.rebuild();
      this.showPanel();
      this.remember(false);
    });
  }

  private rebuild(): void {
    const shape = shapeOf(find("stage"));
    this.stretch = shape.stretch;
    this.scene = buildScene(this.graph, this.filters, this.theme, this.state.selected, shape);
    this.hovered = null;
    this.map.show(this.scene, this.theme);
    this.light();
    if (this.state.view === "table") this.table.show();
    const concepts = this.graph.concepts.reduce((sum, one) => sum + Number(isShown(one, this.filters)), 0);
    const rest = this.scene.collapsed ? `, ${this.scene.collapsed.toLocaleString("en")} of them by topic` : "";
    find("count").textContent = this.graph.concepts.length ? `${concepts.toLocaleString("en")} of ${countOf(this.graph.concepts.length, "concept")}${rest}` : "This graph is empty.";
  }

  private light(): void {
    const selected = this.state.selected ? (this.scene.byKey.get(keyOf(this.state.selected)) ?? null) : null;
    const focus = this.hovered ? focusOf(this.hovered.item, this.scene) : this.currentFocus();
    this.map.focus(focus, [selected, this.hovered].filter((one) => one !== null));
  }

  private currentFocus(): Focus | null {
    return focusOf(this.state.selected, this.scene);
  }

  private hover(node: SceneNode | null, x: number, y: number): void {
    this.container.classList.toggle("on-node", node !== null);
    showTip(node ? [node.label, this.tell(node.item)] : null, x, y, this.container);
    if (node === this.hovered) return;
    this.hovered = node;
    this.light();
  }

  private tell(item: Item): string {
    if (item.kind === "topic") return "click to open this topic";
    if (item.kind === "paper") return item.date || "no date";
    return `${this.graph.settings.types[item.type] ?? ""}, ${countOf(item.live, "paper")}`;
  }

  private approach(isFirst = false): void {
    const focus = this.currentFocus();
    const nodes = focus ? [...(focus.node ? [focus.node] : []), ...closest(focus)] : this.scene.nodes;
    this.map.fit(nodes, LARGEST_SCALE, isFirst);
  }

  private showPanel(): void {
    const item = this.state.selected;
    find("detail").replaceChildren(...panelOf(item, this.context));
    find("close").hidden = item === null;
    document.body.classList.toggle("has-selection", item !== null);
    find("panel").scrollTop = 0;
    find("announce").textContent = item ? `${item.label}. ${this.tell(item)}.` : "";
  }

  private markView(): void {
    const isTable = this.state.view === "table";
    document.body.classList.toggle("as-table", isTable);
    for (const name of ["map", "table"] as const) find(`show-${name}`).setAttribute("aria-pressed", String(this.state.view === name));
    if (isTable) this.table.show();
  }

  private view(name: "map" | "table"): void {
    this.state.view = name;
    this.markView();
    this.remember(false);
  }

  private remember(isStep: boolean): void {
    const hash = writeAddress(this.state, this.filters, this.graph);
    if (location.hash.replace(/^#/, "") === hash) return;
    try {
      history[isStep ? "pushState" : "replaceState"](null, "", `#${hash}`);
    } catch {
      // A page inside another page may have no history of its own.
    }
    this.followed = location.hash;
  }

  private follow(): void {
    if (location.hash === this.followed) return;
    this.followed = location.hash;
    this.state = readAddress(location.hash, this.filters, this.graph);
    applyFilters(this.graph, this.filters);
    this.controls.show();
    this.rebuild();
    this.showPanel();
    this.markView();
    this.approach();
  }

  private retheme(): void {
    this.theme = readTheme();
    this.controls.show();
    this.rebuild();
    this.showPanel();
  }

  private step(x: number, y: number): void {
    const from = this.state.selected ? (this.scene.byKey.get(keyOf(this.state.selected)) ?? null) : null;
    const node = nodeTowards(this.scene, this.map.projection(), from, x, y);
    if (node) this.select(node.item, false);
  }

  private togglePapers(): void {
    this.filters.papers = !this.filters.papers;
    this.controls.show();
    this.refilter();
  }

  private sight(): Sight {
    const { scene, theme, graph } = this;
    return { scene, theme, graph, view: this.map.projection(), focus: this.currentFocus(), table: this.state.view === "table" ? this.table.toCsv() : null };
  }

  private listen(): void {
    const focusSearch = (): void => this.search.focus();
    listenToKeys({
      search: focusSearch, close: () => this.select(null, false), view: (name) => this.view(name), fit: () => this.fitAll(),
      zoom: (factor) => this.map.zoom(factor), pan: (x, y) => this.map.pan(x, y), step: (x, y) => this.step(x, y),
      help: () => find<HTMLDialogElement>("help").showModal(), togglePapers: () => this.togglePapers(),
    }, this.container);
    listenToMenus({ save: (format) => saveAs(format, this.sight()), retheme: () => this.retheme() });
    const click = (id: string, act: () => void): void => find(id).addEventListener("click", act);
    click("close", () => this.select(null, false));
    click("fit", () => this.fitAll());
    click("zoom-in", () => this.map.zoom(1.5));
    click("zoom-out", () => this.map.zoom(1 / 1.5));
    click("show-map", () => this.view("map"));
    click("show-table", () => this.view("table"));
    window.addEventListener("resize", () => this.reshape());
    window.addEventListener("hashchange", () => this.follow());
    window.addEventListener("popstate", () => this.follow());
    window.addEventListener("beforeprint", () => this.preparePrint());
    window.addEventListener("afterprint", () => find("print-map").replaceChildren());
  }

  private reshape(): void {
    const before = this.stretch;
    if (Math.abs(before / shapeOf(find("stage")).stretch - 1) < 0.08) return;
    this.rebuild();
    this.approach();
  }

  private fitAll(): void {
    this.map.fit(this.scene.nodes, LARGEST_SCALE);
  }

  // WebGL leaves nothing for the printer, and paper is white.
  private preparePrint(): void {
    const scene = buildScene(this.graph, this.filters, PRINT_THEME, this.state.selected, shapeOf(find("stage")));
    const picture = paintPicture(scene, PRINT_THEME, this.map.projection(), focusOf(this.state.selected, scene), 2);
    find("print-map").replaceChildren(picture);
  }
}

new Explorer();
