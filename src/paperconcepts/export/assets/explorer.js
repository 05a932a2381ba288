"use strict";
/*
 * The explorer: a map of papers and concepts on a canvas, a search box, filters and a side panel.
 *
 * It uses nothing but the browser and the JSON in the element #data:
 *   settings    colours by kind of node, roles and predicates in order
 *   nodes       papers, then concepts; edges name them by their number here
 *   assertions  [paper, concept, role, confidence, evidence, mentions]
 *   relations   [subject, object, predicate, confidence, evidence]
 *   evidence    [paper, field, start, end, cue start, cue end, spans]; field 0 is the title, 1 the abstract
 * Text from papers reaches the page through textContent and fillText only: it is never markup.
 */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { settings, nodes } = data;
  const edges = [];
  const find = (id) => document.getElementById(id);
  const say = (name) => name.replaceAll("_", " ");

  // ---------------------------------------------------------------- the graph

  nodes.forEach((node, index) => {
    node.index = index;
    node.edges = [];
    node.aliases = node.aliases || [];
    node.colour = settings.colours[node.kind];
    node.radius = node.size / 2;
  });
  function addEdge(source, target, kind, confidence, evidence, mentions) {
    const edge = { source: nodes[source], target: nodes[target], kind, confidence, evidence, mentions };
    edges.push(edge);
    edge.source.edges.push(edge);
    if (source !== target) edge.target.edges.push(edge);
  }
  for (const row of data.assertions) addEdge(row[0], row[1], row[2], row[3], row[4], row[5]);
  for (const row of data.relations) addEdge(row[0], row[1], row[2], row[3], row[4], null);

  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isPaper = (node) => node.kind === "Paper";
  const other = (edge, node) => (edge.source === node ? edge.target : edge.source);
  const titleOf = (node) => (isPaper(node) ? node.title || node.label : node.label);
  const yearOf = (node) => (node.date || "").slice(0, 4);
  // Large ones last, so that they lie on top; labels go the other way.
  const drawOrder = [...nodes].sort((a, b) => a.size - b.size || b.index - a.index);
  const labelOrder = nodes.filter((node) => !isPaper(node)).sort((a, b) => b.support - a.support || a.index - b.index);

  // ---------------------------------------------------------------- what is shown

  const shownKinds = new Set(Object.keys(settings.colours));
  const shownRoles = new Set([...settings.roles, "relations"]);
  const view = { scale: 1, x: 0, y: 0 };
  let selected = null;
  let hovered = null;
  let moved = false; // until the reader moves the map, it follows the size of the window

  const roleOf = (edge) => (edge.mentions ? edge.kind : "relations");
  function applyFilters() {
    for (const edge of edges) {
      edge.shown = shownRoles.has(roleOf(edge)) && shownKinds.has(edge.source.kind) && shownKinds.has(edge.target.kind);
    }
    const allRoles = shownRoles.size === settings.roles.length + 1;
    for (const node of nodes) {
      // With some roles switched off, a node that lost all its edges says nothing any more.
      node.shown = shownKinds.has(node.kind) && (allRoles || !node.edges.length || node.edges.some((edge) => edge.shown));
    }
    const count = nodes.reduce((sum, node) => sum + node.shown, 0);
    find("count").textContent = nodes.length ? `${count} of ${nodes.length} shown` : "This graph is empty.";
    draw();
  }

  // ---------------------------------------------------------------- drawing

  const canvas = find("map");
  const pen = canvas.getContext("2d");
  let theme = {};
  let frame = 0;

  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    theme = Object.fromEntries(["ground", "ink", "soft", "edge"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }
  function resize() {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(window.innerWidth * ratio);
    canvas.height = Math.round(window.innerHeight * ratio);
    if (moved) draw();
    else fit();
  }
  function draw() {
    if (!frame) frame = requestAnimationFrame(paint);
  }
  const screenX = (node) => node.x * view.scale + view.x;
  const screenY = (node) => node.y * view.scale + view.y;
  // Nodes grow more slowly than the map, so that zooming in makes room.
  const screenRadius = (node) => Math.max(node.radius * Math.sqrt(view.scale), isPaper(node) ? 1.2 : 2);

  function paint() {
    frame = 0;
    const ratio = window.devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, window.innerWidth, window.innerHeight);
    const focus = hovered || selected;
    const near = new Set(focus ? [focus] : []);
    if (focus) for (const edge of focus.edges) if (edge.shown) near.add(other(edge, focus));
    paintEdges(focus);
    paintNodes(focus, near);
    paintLabels(focus, near);
  }

  function paintEdges(focus) {
    const faint = Math.min(0.16, 30 / Math.sqrt(edges.length + 1) * 0.12);
    strokeEdges((edge) => edge.shown && edge.mentions && !touches(edge, focus), theme.edge, focus ? faint * 0.35 : faint, 0.6);
    strokeEdges((edge) => edge.shown && !edge.mentions && !touches(edge, focus), theme.edge, focus ? faint : faint * 2.5, 1);
    if (!focus) return;
    const strength = focus.edges.length > 80 ? 0.4 : 0.8;
    for (const edge of focus.edges) {
      const end = other(edge, focus);
      if (edge.shown) strokeEdges(() => true, isPaper(end) ? theme.edge : end.colour, isPaper(end) ? strength / 2 : strength, 1.2, [edge]);
    }
  }
  const touches = (edge, node) => node !== null && (edge.source === node || edge.target === node);
  function strokeEdges(wanted, colour, alpha, width, from = edges) {
    pen.beginPath();
    for (const edge of from) {
      if (!wanted(edge)) continue;
      pen.moveTo(screenX(edge.source), screenY(edge.source));
      pen.lineTo(screenX(edge.target), screenY(edge.target));
    }
    pen.globalAlpha = alpha;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  function paintNodes(focus, near) {
    for (const node of drawOrder) {
      if (!node.shown || !onScreen(node, 40)) continue;
      const radius = screenRadius(node);
      pen.globalAlpha = !focus || near.has(node) ? (isPaper(node) ? 0.8 : 1) : 0.14;
      pen.beginPath();
      pen.arc(screenX(node), screenY(node), radius, 0, 2 * Math.PI);
      pen.fillStyle = node.colour;
      pen.fill();
      if (!isPaper(node) && radius > 3) {
        // A thin edge in the colour of the ground keeps neighbours apart.
        pen.lineWidth = 1;
        pen.strokeStyle = theme.ground;
        pen.stroke();
      }
      if (node === selected || node === hovered) {
        pen.beginPath();
        pen.arc(screenX(node), screenY(node), radius + 2.5, 0, 2 * Math.PI);
        pen.lineWidth = 2;
        pen.strokeStyle = theme.ink;
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
  }
  function onScreen(node, margin) {
    const x = screenX(node);
    const y = screenY(node);
    return x > -margin && y > -margin && x < window.innerWidth + margin && y < window.innerHeight + margin;
  }

  // Labels: the most important first, each only where no earlier one stands.
  function paintLabels(focus, near) {
    const taken = new Map();
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const first = focus ? [focus, ...[...near].filter((node) => node !== focus).sort((a, b) => isPaper(a) - isPaper(b) || b.support - a.support)] : [];
    for (const node of first) paintLabel(node, taken, node === focus);
    if (focus && near.size > 1) return;
    const budget = 60 + 60 * view.scale;
    let painted = 0;
    for (const node of labelOrder) {
      if (painted > budget) break;
      if (!near.has(node) && paintLabel(node, taken, false)) painted += 1;
    }
    if (view.scale > 2.5) for (const node of drawOrder) if (isPaper(node) && !near.has(node)) paintLabel(node, taken, false);
  }
  function paintLabel(node, taken, always) {
    if (!node.shown || !onScreen(node, 0)) return false;
    const radius = screenRadius(node);
    const size = isPaper(node) ? 11 : Math.max(11, Math.min(19, 8.5 + radius * 0.55));
    pen.font = `${isPaper(node) ? 400 : radius > 9 ? 600 : 500} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif`;
    const text = shorten(titleOf(node), isPaper(node) ? 48 : 40);
    const width = pen.measureText(text).width;
    const x = screenX(node) + radius + 4;
    const y = screenY(node);
    if (!reserve(taken, x - 2, y - size * 0.62, width + 4, size * 1.24) && !always) return false;
    pen.lineWidth = 3.5;
    pen.strokeStyle = theme.ground;
    pen.globalAlpha = 0.85;
    pen.strokeText(text, x, y);
    pen.globalAlpha = 1;
    pen.fillStyle = isPaper(node) ? theme.soft : theme.ink;
    pen.fillText(text, x, y);
    return true;
  }
  // Places taken by labels, kept in cells of a grid; a label overlaps only those that share a cell.
  const cellSize = 64;
  function reserve(taken, x, y, width, height) {
    const cells = [];
    for (let column = Math.floor(x / cellSize); column <= Math.floor((x + width) / cellSize); column += 1) {
      for (let row = Math.floor(y / cellSize); row <= Math.floor((y + height) / cellSize); row += 1) cells.push(`${column},${row}`);
    }
    for (const cell of cells) {
      for (const box of taken.get(cell) || []) {
        if (x < box.x + box.width && box.x < x + width && y < box.y + box.height && box.y < y + height) return false;
      }
    }
    const box = { x, y, width, height };
    for (const cell of cells) taken.set(cell, [...(taken.get(cell) || []), box]);
    return true;
  }
  function shorten(text, length) {
    const signs = Array.from(text);
    return signs.length > length ? `${signs.slice(0, length - 1).join("").trimEnd()}…` : text;
  }

  // ---------------------------------------------------------------- moving about

  function freeArea() {
    const wide = window.innerWidth > 760;
    const left = wide ? 320 : 14;
    const right = window.innerWidth - (wide && selected ? 540 : 20);
    const bottom = !wide && selected ? window.innerHeight * 0.46 : window.innerHeight - 20;
    return { left, right: Math.max(right, left + 100), top: wide ? 20 : window.innerHeight * 0.3, bottom };
  }
  function fit() {
    frameNodes(nodes.filter((node) => node.shown), 3);
  }
  // Scale and move the map so that these nodes fill the free part of the window.
  function frameNodes(some, largest) {
    if (!some.length) return;
    // A few far ones must not shrink all others: they may hang out a little.
    const xs = some.map((node) => node.x).sort((a, b) => a - b);
    const ys = some.map((node) => node.y).sort((a, b) => a - b);
    const cut = Math.floor(some.length * 0.005);
    const [x0, x1, y0, y1] = [xs[cut], xs[xs.length - 1 - cut], ys[cut], ys[ys.length - 1 - cut]];
    const area = freeArea();
    view.scale = Math.min((area.right - area.left) / (x1 - x0 + 60), (area.bottom - area.top) / (y1 - y0 + 60), largest);
    view.x = (area.left + area.right) / 2 - ((x0 + x1) / 2) * view.scale;
    view.y = (area.top + area.bottom) / 2 - ((y0 + y1) / 2) * view.scale;
    draw();
  }
  function zoom(factor, x, y) {
    moved = true;
    const scale = Math.max(0.02, Math.min(12, view.scale * factor));
    view.x = x - ((x - view.x) * scale) / view.scale;
    view.y = y - ((y - view.y) * scale) / view.scale;
    view.scale = scale;
    draw();
  }
  function approach(node) {
    moved = true;
    frameNodes([node, ...node.edges.filter((edge) => edge.shown).map((edge) => other(edge, node))], 1.4);
  }
  function nodeAt(x, y) {
    let best = null;
    let bestDistance = Infinity;
    for (const node of nodes) {
      if (!node.shown) continue;
      const distance = Math.hypot(screenX(node) - x, screenY(node) - y) - screenRadius(node);
      if (distance < 4 && distance < bestDistance) [best, bestDistance] = [node, distance];
    }
    return best;
  }

  const pointers = new Map();
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    drag = { node: nodeAt(event.clientX, event.clientY), x: event.clientX, y: event.clientY, moved: false };
  });
  canvas.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return hover(event.clientX, event.clientY);
    if (pointers.size === 2) pinch(event);
    else if (drag) dragTo(event, last);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  function dragTo(event, last) {
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 4) return;
    drag.moved = moved = true;
    canvas.classList.add("moving");
    // A node moves in units of the map, the map in pixels.
    const [what, unit] = drag.node ? [drag.node, 1 / view.scale] : [view, 1];
    what.x += (event.clientX - last.x) * unit;
    what.y += (event.clientY - last.y) * unit;
    draw();
  }
  function pinch(event) {
    const [still] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const before = pointers.get(event.pointerId);
    drag = null;
    const factor = Math.hypot(event.clientX - still.x, event.clientY - still.y) / Math.max(1, Math.hypot(before.x - still.x, before.y - still.y));
    zoom(factor, (event.clientX + still.x) / 2, (event.clientY + still.y) / 2);
  }
  function release(event) {
    pointers.delete(event.pointerId);
    canvas.classList.remove("moving");
    if (event.type === "pointerup" && drag && !drag.moved) select(drag.node);
    drag = null;
  }
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => hover(-1e6, -1e6));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX, event.clientY);
  }, { passive: false });

  function hover(x, y) {
    const node = nodeAt(x, y);
    const tip = find("tip");
    canvas.classList.toggle("on-node", node !== null);
    tip.hidden = node === null;
    if (node) {
      const facts = isPaper(node) ? node.date || "no date" : `${node.kind}, ${countOf(node.support, "paper")}`;
      tip.replaceChildren(textOf("span", titleOf(node)), textOf("small", facts));
      tip.style.left = `${Math.min(x + 14, window.innerWidth - tip.offsetWidth - 8)}px`;
      tip.style.top = `${Math.min(y + 14, window.innerHeight - tip.offsetHeight - 8)}px`;
    }
    if (node !== hovered) {
      hovered = node;
      draw();
    }
  }
  const countOf = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  // ---------------------------------------------------------------- choosing a node

  function select(node, { move = false } = {}) {
    selected = node;
    hovered = null;
    find("tip").hidden = true;
    find("panel").hidden = node === null;
    const hash = node ? `#id=${encodeURIComponent(node.id)}` : "";
    if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
    if (node) {
      find("detail").replaceChildren(...(isPaper(node) ? paperDetail(node) : conceptDetail(node)));
      find("panel").scrollTop = 0;
      if (move) approach(node);
    }
    draw();
  }
  function followHash() {
    let id = "";
    try {
      id = decodeURIComponent((location.hash.match(/^#id=(.*)$/) || ["", ""])[1]);
    } catch {
      return; // a hash that is no valid escape names no node
    }
    const node = byId.get(id) || null;
    if (node !== selected) select(node, { move: true });
  }

  // ---------------------------------------------------------------- the side panel

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null));
    return element;
  }
  function textOf(tag, text, className = "") {
    const element = make(tag, className);
    element.textContent = text;
    // Each text finds its own direction and cannot turn that of its neighbours.
    element.dir = "auto";
    return element;
  }
  function dot(colour) {
    const element = make("span", "dot");
    element.style.background = colour;
    return element;
  }
  function linkTo(node) {
    const button = make("button", "link", isPaper(node) ? null : dot(node.colour), textOf("bdi", titleOf(node)));
    button.addEventListener("click", () => select(node, { move: true }));
    return button;
  }
  function webLink(url, text) {
    const link = textOf("a", text);
    if (!/^https?:\/\//i.test(url)) return textOf("span", text);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }
  function heading(text, number) {
    return make("h2", "", `${text} `, number === undefined ? null : textOf("span", String(number), "number"));
  }
  function list(rows, makeRow, most = 40) {
    const items = make("ul", "", ...rows.slice(0, most).map(makeRow));
    if (rows.length <= most) return items;
    const more = textOf("button", `Show ${rows.length - most} more`, "link more");
    more.addEventListener("click", () => {
      items.append(...rows.slice(most).map(makeRow));
      more.remove();
    });
    return make("div", "", items, more);
  }

  // The sentence of a piece of evidence, its concepts marked and its cue underlined.
  function quote(evidence) {
    const [paper, field, start, end, cueStart, cueEnd, spans] = evidence;
    const text = (field === 0 ? nodes[paper].title : nodes[paper].abstract) || "";
    const parts = spans.map(([from, to]) => ({ from, to, tag: "mark", className: "" }));
    if (cueStart >= 0) parts.push({ from: cueStart, to: cueEnd, tag: "span", className: "cue" });
    return make("blockquote", "", ...pieces(text, start, end, parts, (part, piece) => textOf(part.tag, piece, part.className)));
  }
  // text[start..end] as nodes, with each part of it wrapped; parts that overlap an earlier one are left plain.
  function pieces(text, start, end, parts, wrap) {
    const result = [];
    let at = start;
    for (const part of [...parts].sort((a, b) => a.from - b.from || b.to - a.to)) {
      if (part.from < at || part.to > end) continue;
      result.push(text.slice(at, part.from), wrap(part, text.slice(part.from, part.to)));
      at = part.to;
    }
    result.push(text.slice(at, end));
    return result;
  }

  function header(node, label) {
    return [make("div", "kind", dot(node.colour), label), textOf("h1", titleOf(node))];
  }
  function conceptDetail(node) {
    const detail = header(node, node.kind);
    if (node.definition) detail.push(textOf("p", node.definition));
    if (node.aliases.length) detail.push(textOf("p", `Also: ${node.aliases.join(", ")}`, "aliases"));
    const since = node.date ? `, first in ${node.date}` : "";
    detail.push(textOf("p", `In ${countOf(node.support, "paper")}${since}`, "facts"));
    for (const role of settings.roles) {
      const found = node.edges.filter((edge) => edge.mentions && edge.kind === role);
      found.sort((a, b) => (b.source.date || "").localeCompare(a.source.date || "") || a.source.index - b.source.index);
      if (found.length) detail.push(heading(`Papers: ${say(role)}`, found.length), list(found, (edge) => paperRow(edge)));
    }
    detail.push(...relationDetail(node), ...together(node));
    return detail;
  }
  function paperRow(edge) {
    const row = make("li", "", make("div", "row", linkTo(edge.source), textOf("span", yearOf(edge.source), "year")));
    if (edge.evidence.length) row.append(quote(edge.evidence[0]));
    return row;
  }
  function relationDetail(node) {
    const found = node.edges.filter((edge) => !edge.mentions);
    if (!found.length) return [];
    const rank = (edge) => settings.predicates.indexOf(edge.kind);
    found.sort((a, b) => rank(a) - rank(b) || (a.target === node) - (b.target === node) || other(b, node).support - other(a, node).support);
    const makeRow = (edge) => {
      const end = linkTo(other(edge, node));
      const verb = textOf("span", say(edge.kind), "predicate");
      const here = textOf("span", node.label, "predicate");
      const row = edge.source === node ? make("li", "", verb, end) : make("li", "", end, " ", verb, here);
      if (edge.evidence.length) row.append(quote(edge.evidence[0]));
      return row;
    };
    return [heading("Related concepts", found.length), list(found, makeRow, 20)];
  }
  function together(node) {
    const shared = new Map();
    for (const edge of node.edges) {
      if (!edge.mentions) continue;
      for (const next of edge.source.edges) {
        if (next.target !== node) shared.set(next.target, (shared.get(next.target) || 0) + 1);
      }
    }
    const best = [...shared].sort((a, b) => b[1] - a[1] || b[0].support - a[0].support || a[0].index - b[0].index).slice(0, 14);
    if (!best.length) return [];
    return [heading("Often in the same papers"), make("div", "chips", ...best.map(([concept, number]) => chip(concept, number)))];
  }
  function chip(node, number) {
    const button = make("button", "chip", dot(node.colour), textOf("bdi", node.label), textOf("span", String(number), "number"));
    button.addEventListener("click", () => select(node, { move: true }));
    return button;
  }

  function paperDetail(node) {
    const detail = header(node, "Paper");
    const facts = [node.date, node.venue].filter(Boolean).join(", ");
    if (node.authors) detail.push(textOf("p", node.authors.join(", "), "facts"));
    if (facts) detail.push(textOf("p", facts, "facts"));
    if (node.url) detail.push(make("p", "", webLink(node.url, node.url)));
    for (const url of node.code || []) detail.push(make("p", "facts", "Code: ", webLink(url, url)));
    if (node.abstract) detail.push(heading("Abstract"), abstractOf(node));
    for (const role of settings.roles) {
      const found = node.edges.filter((edge) => edge.kind === role);
      const makeRow = (edge) => {
        const row = make("li", "", linkTo(edge.target));
        if (edge.evidence.length) row.append(quote(edge.evidence[0]));
        return row;
      };
      if (found.length) detail.push(heading(`It ${say(role)}`, found.length), list(found, makeRow));
    }
    return detail;
  }
  function abstractOf(node) {
    const parts = node.edges.flatMap((edge) =>
      edge.mentions.filter(([field]) => field === 1).map(([, from, to]) => ({ from, to, concept: edge.target })));
    const wrap = (part, piece) => {
      const element = textOf("span", piece, "mention");
      element.style.borderBottomColor = part.concept.colour;
      element.title = `${part.concept.label} (${part.concept.kind})`;
      element.addEventListener("click", () => select(part.concept, { move: true }));
      return element;
    };
    const text = make("p", "abstract", ...pieces(node.abstract, 0, node.abstract.length, parts, wrap));
    text.dir = "auto";
    return text;
  }

  // ---------------------------------------------------------------- search

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = nodes.flatMap((node) => {
    const names = isPaper(node) ? [titleOf(node), node.id] : [node.label, ...node.aliases];
    return names.map((name, number) => ({ node, name, folded: fold(name), own: number === 0 }));
  });
  let hits = [];
  let chosen = 0;

  function search(text) {
    const wanted = fold(text.trim());
    const best = new Map();
    for (const entry of wanted ? entries : []) {
      const at = entry.folded.indexOf(wanted);
      if (at < 0) continue;
      const whole = entry.folded.length === wanted.length;
      const startsWord = at === 0 || /[^\p{L}\p{N}]/u.test(entry.folded[at - 1]);
      const rank = (whole ? 0 : at === 0 ? 1 : startsWord ? 2 : 3) + (isPaper(entry.node) ? 0.5 : 0);
      const earlier = best.get(entry.node);
      if (!earlier || rank < earlier.rank) best.set(entry.node, { ...entry, rank });
    }
    hits = [...best.values()].sort((a, b) => a.rank - b.rank || b.node.support - a.node.support || a.node.index - b.node.index).slice(0, 10);
    chosen = 0;
    showHits();
  }
  function showHits() {
    const box = find("hits");
    box.replaceChildren(...hits.map((hit, number) => {
      const via = hit.own ? null : textOf("span", shorten(hit.name, 22), "via");
      const note = textOf("span", isPaper(hit.node) ? yearOf(hit.node) : String(hit.node.support), "number");
      const item = make("li", "", dot(hit.node.colour), textOf("span", titleOf(hit.node), "name"), via, note);
      item.id = `hit-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(number === chosen));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(hit);
      });
      return item;
    }));
    box.hidden = !hits.length;
    query.setAttribute("aria-expanded", String(hits.length > 0));
    if (hits.length) query.setAttribute("aria-activedescendant", `hit-${chosen}`);
    else query.removeAttribute("aria-activedescendant");
  }
  function choose(hit) {
    query.value = "";
    query.blur();
    search("");
    if (!hit.node.shown) {
      shownKinds.add(hit.node.kind);
      showFilters();
      applyFilters();
    }
    select(hit.node, { move: true });
  }
  const query = find("query");
  query.addEventListener("input", () => search(query.value));
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      chosen = (chosen + step + hits.length) % hits.length;
      showHits();
    } else if (event.key === "Enter" && hits.length) choose(hits[chosen]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape") {
      if (document.activeElement === query) {
        query.value = "";
        search("");
        query.blur();
      } else select(null);
    }
  });

  // ---------------------------------------------------------------- filters and legend

  function choice(label, colour, number, set, name) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = set.has(name);
    box.addEventListener("change", () => {
      if (box.checked) set.add(name);
      else set.delete(name);
      applyFilters();
    });
    return make("label", "choice", box, colour ? dot(colour) : null, textOf("span", label), textOf("span", String(number), "number"));
  }
  function showFilters() {
    const kindCount = new Map();
    for (const node of nodes) kindCount.set(node.kind, (kindCount.get(node.kind) || 0) + 1);
    find("kinds").replaceChildren(...Object.entries(settings.colours).map(([kind, colour]) =>
      choice(kind === "Paper" ? "Papers" : `${kind}s`, colour, kindCount.get(kind) || 0, shownKinds, kind)));
    const roleCount = new Map();
    for (const edge of edges) roleCount.set(roleOf(edge), (roleCount.get(roleOf(edge)) || 0) + 1);
    find("roles").replaceChildren(...[...settings.roles, "relations"].map((role) =>
      choice(role === "relations" ? "concept to concept" : say(role), "", roleCount.get(role) || 0, shownRoles, role)));
  }

  // ---------------------------------------------------------------- begin

  find("close").addEventListener("click", () => select(null));
  find("fit").addEventListener("click", () => {
    moved = false;
    fit();
  });
  find("zoom-in").addEventListener("click", () => zoom(1.4, window.innerWidth / 2, window.innerHeight / 2));
  find("zoom-out").addEventListener("click", () => zoom(1 / 1.4, window.innerWidth / 2, window.innerHeight / 2));
  window.addEventListener("resize", resize);
  window.addEventListener("hashchange", followHash);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readTheme();
    draw();
  });

  readTheme();
  showFilters();
  applyFilters();
  resize();
  followHash();
  document.body.dataset.ready = String(nodes.length);
})();
