// The search of the site: names and titles by their beginnings and parts, from the index that the page has loaded.
"use strict";
(() => {
  const MOST = 100;
  const KINDS = ["Paper", "Method", "Model", "Dataset", "Task", "Metric"];
  const form = document.getElementById("search");
  const input = document.getElementById("query");
  const told = document.getElementById("told");
  const hits = document.getElementById("hits");

  // As people type: no accents, no capitals, a hyphen is a space.
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\-_‐-―/]+/g, " ").trim();

  const rows = (globalThis.searchIndex ?? []).map(([kind, name, address, weight, others]) => ({
    kind, name, address, weight, others, key: fold(name), keys: others.map(fold),
  }));

  // 0 is best: the whole name, its beginning, the beginning of a word, any part, all words anywhere.
  function grade(key, wanted, words) {
    if (key === wanted) return 0;
    if (key.startsWith(wanted)) return 1;
    if (key.includes(` ${wanted}`)) return 2;
    if (key.includes(wanted)) return 3;
    return words.length > 1 && words.every((word) => key.includes(word)) ? 4 : 9;
  }

  function look(question, kind) {
    const wanted = fold(question);
    if (!wanted) return [];
    const words = wanted.split(" ");
    const found = [];
    for (const row of rows) {
      if (kind !== "" && row.kind !== Number(kind)) continue;
      let best = grade(row.key, wanted, words), via = "";
      row.keys.forEach((key, place) => {
        // Another name counts a little less than the name itself.
        const other = grade(key, wanted, words) + 0.5;
        if (other < best) { best = other; via = row.others[place]; }
      });
      if (best < 9) found.push({ row, best, via });
    }
    const papers = (row) => (row.kind === 0 ? 0 : row.weight);
    return found.sort((a, b) => a.best - b.best || papers(b.row) - papers(a.row)
      || a.row.key.length - b.row.key.length || (a.row.key < b.row.key ? -1 : a.row.key > b.row.key ? 1 : 0));
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function item({ row, via }) {
    const made = element("li", "hit");
    const kind = KINDS[row.kind];
    const link = element("a", "concept");
    link.href = row.address;
    link.append(element("i", `dot ${kind.toLowerCase()}`), element("bdi", "", row.name));
    made.append(link);
    if (via && row.kind !== 0) made.append(element("span", "via", via));
    const count = row.kind === 0 ? row.weight : `${row.weight} ${row.weight === 1 ? "paper" : "papers"}`;
    made.append(element("span", "from", count ? `${kind}, ${count}` : kind));
    return made;
  }

  function show() {
    const question = input.value;
    const kind = new FormData(form).get("kind");
    const found = look(question, kind);
    hits.replaceChildren(...found.slice(0, MOST).map(item));
    const few = found.length > MOST ? `, the first ${MOST} are shown` : "";
    told.textContent = !fold(question) ? `${rows.length} names and titles.`
      : found.length === 0 ? "Nothing found. Try a part of the name."
      : `${found.length} ${found.length === 1 ? "hit" : "hits"}${few}.`;
    const query = new URLSearchParams(question ? { q: question, ...(kind ? { kind } : {}) } : {});
    // So that coming back from a page shows the hits again. Some browsers forbid it for files on disk.
    try { history.replaceState(null, "", query.size ? `?${query}` : location.pathname); } catch { /* no harm */ }
  }

  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") ?? "";
  for (const choice of form.elements.kind) choice.checked = choice.value === (asked.get("kind") ?? "");
  input.addEventListener("input", show);
  // Leaving the field is a change, too, but must not take away the hit that is being gone to.
  for (const choice of form.elements.kind) choice.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hits.querySelector("a")?.focus();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); hits.querySelector("a")?.focus(); }
  });
  hits.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    (event.target.closest("li")?.[step]?.querySelector("a") ?? input).focus();
  });
  show();
  document.body.dataset.ready = String(rows.length);
})();
