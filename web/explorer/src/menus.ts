// The small windows of the page: saving, help, filters on a phone, and light or dark.

import { find } from "./dom.js";

interface MenuActions { save(format: string): void; retheme(): void }

const THEME_KEY = "paperconcepts-theme";

export function listenToMenus(actions: MenuActions): void {
  const menu = find<HTMLDetailsElement>("save");
  menu.addEventListener("click", (event) => {
    const format = (event.target as HTMLElement).dataset["format"];
    if (!format) return;
    menu.open = false;
    actions.save(format);
  });
  document.addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target as Node)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  const help = find<HTMLDialogElement>("help");
  find("open-help").addEventListener("click", () => help.showModal());
  find("close-help").addEventListener("click", () => help.close());
  help.addEventListener("click", (event) => {
    if (event.target === help) help.close(); // beside the dialog
  });
  const filters = find("open-filters");
  filters.addEventListener("click", () => {
    const open = document.body.classList.toggle("with-filters");
    filters.setAttribute("aria-expanded", String(open));
  });
  listenToTheme(actions.retheme);
}

function listenToTheme(retheme: () => void): void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const known = read();
  if (known) {
    root.dataset["theme"] = known;
    retheme();
  }
  find("theme").addEventListener("click", () => {
    const dark = root.dataset["theme"] ? root.dataset["theme"] === "dark" : system.matches;
    root.dataset["theme"] = dark ? "light" : "dark";
    try {
      localStorage.setItem(THEME_KEY, root.dataset["theme"]);
    } catch {
      // A page from disk may have no storage: then the choice lasts as long as the page.
    }
    retheme();
  });
  system.addEventListener("change", retheme);
}

function read(): string {
  try {
    const value = localStorage.getItem(THEME_KEY) ?? "";
    return value === "dark" || value === "light" ? value : "";
  } catch {
    return "";
  }
}
