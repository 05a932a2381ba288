// Open the files of every view with graphology (as Gephi Lite does) and Cytoscape.js; called by check-viewers.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { JSDOM } = require("jsdom");
const dom = new JSDOM();
globalThis.DOMParser = dom.window.DOMParser;
globalThis.Document = dom.window.Document;
const Graph = require("graphology");
const gexf = require("graphology-gexf/browser");
const graphml = require("graphology-graphml/browser");
const cytoscape = require("cytoscape");

const out = process.argv[2];
let failed = 0;
let passed = 0;
let warnings = [];
for (const name of ["warn", "error"]) console[name] = (...words) => warnings.push(words.join(" "));

function check(name, condition, detail = "") {
  if (condition) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED ${name} ${detail}`);
  }
}

function attempt(name, work) {
  warnings = [];
  try {
    work();
  } catch (error) {
    check(name, false, error.message);
  }
  check(`${name}: no warning`, warnings.length === 0, warnings[0]);
}

for (const view of readdirSync(out)) {
  const read = (file) => readFileSync(`${out}/${view}/${file}`, "utf8");
  const wanted = JSON.parse(read("graph.json"));
  const relations = (items) => [...new Set(items)].sort().join();
  const kinds = relations(wanted.edges.map((edge) => edge.relation));
  const byId = new Map(wanted.nodes.map((node) => [node.id, node]));
  const sameGraph = (name, graph) => {
    check(`${name}: nodes`, graph.order === wanted.nodes.length, `${graph.order}`);
    check(`${name}: edges`, graph.size === wanted.edges.length, `${graph.size}`);
    check(`${name}: relations`, relations(graph.mapEdges((_, data) => data.relation)) === kinds);
    check(`${name}: no attribute without a name`, graph.everyNode((_, data) => !("" in data)));
    check(`${name}: labels`, graph.everyNode((node, data) => data.label === byId.get(node).label));
    check(`${name}: drawn`, graph.everyNode((_, d) => isFinite(d.x) && isFinite(d.y) && d.size > 0));
    check(`${name}: typed`, graph.everyNode((_, d) => typeof d.degree === "number" && typeof d.community === "number"));
  };
  for (const [file, parser] of [["graph.gexf", gexf], ["graph.spells.gexf", gexf], ["graph.graphml", graphml]]) {
    const text = read(file);
    attempt(`${view}/${file} strict`, () => sameGraph(`${view}/${file}`, parser.parse(Graph, text)));
    const lenient = { allowUndeclaredAttributes: true, addMissingNodes: true };
    attempt(`${view}/${file} as Gephi Lite`, () => sameGraph(`${view}/${file} lite`, parser.parse(Graph, text, lenient)));
  }
  attempt(`${view}/graph.cyjs`, () => {
    const viewer = cytoscape({ headless: true, styleEnabled: true });
    viewer.json(JSON.parse(read("graph.cyjs")));
    check(`${view}/graph.cyjs: nodes`, viewer.nodes().length === wanted.nodes.length);
    check(`${view}/graph.cyjs: edges`, viewer.edges().length === wanted.edges.length);
    check(`${view}/graph.cyjs: names`, viewer.nodes().every((node) => node.data("name") === byId.get(node.id()).label));
    check(`${view}/graph.cyjs: places`, viewer.nodes().every((node) => isFinite(node.position("x"))));
    check(
      `${view}/graph.cyjs: evidence`,
      relations(viewer.edges().map((edge) => edge.data("evidence") ?? "")) ===
        relations(wanted.edges.map((edge) => edge.evidence ?? "")),
    );
  });
}
console.log(`node: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
