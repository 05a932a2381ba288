// Building blocks of the page. Text reaches it through text nodes only, so that no text of a paper is ever markup.

export type Child = Node | string | null | undefined | false;

export function find<T extends Element = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element as unknown as T;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const child of children) if (child) element.append(child);
  return element;
}

// An element with foreign text: it finds its own direction and cannot turn that of its neighbours.
export function textOf<K extends keyof HTMLElementTagNameMap>(tag: K, text: string, className = "") {
  const element = make(tag, className);
  element.textContent = text;
  element.dir = "auto";
  return element;
}

export function button(className: string, act: () => void, ...children: Child[]): HTMLButtonElement {
  const element = make("button", className, ...children);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

export function svg(tag: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

export function dot(colour: string): HTMLSpanElement {
  const element = make("span", "dot");
  element.style.background = colour;
  element.setAttribute("aria-hidden", "true");
  return element;
}

export function webLink(url: string, text: string): HTMLElement {
  if (!/^https?:\/\//i.test(url)) return textOf("span", text);
  const link = textOf("a", text);
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

// A list of which the first rows are made, and the rest when they are asked for.
export function longList<T>(rows: readonly T[], makeRow: (row: T) => Node, most: number): HTMLElement {
  const items = make("ul", "rows", ...rows.slice(0, most).map(makeRow));
  if (rows.length <= most) return items;
  let shown = most;
  const more = button("more", () => {
    items.append(...rows.slice(shown, shown + 100).map(makeRow));
    shown += 100;
    if (shown >= rows.length) more.remove();
    else more.textContent = `Show ${(rows.length - shown).toLocaleString("en")} more`;
  });
  more.textContent = `Show ${(rows.length - most).toLocaleString("en")} more`;
  return make("div", "", items, more);
}

export function countOf(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : nouns}`;
}

export function say(name: string): string {
  return name.replaceAll("_", " ");
}
