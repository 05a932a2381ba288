// Print how many distinct triples of the default and all named graphs a reader finds in a file; fail on any warning.
// Usage: node count_triples.js n3|jsonld FILE
// N3.js reads Turtle, TriG, N-Triples and N-Quads; jsonld.js reads JSON-LD, without fetching any context.
const fs = require("node:fs");
const path = require("node:path");

const FORMATS = { ".ttl": "text/turtle", ".nt": "application/n-triples", ".nq": "application/n-quads", ".trig": "application/trig" };

function withN3(file, text) {
  const { Parser, Writer } = require("n3");
  const writer = new Writer({ format: "N-Triples" });
  const quads = new Parser({ format: FORMATS[path.extname(file)] }).parse(text);
  return quads.map((quad) => writer.quadToString(quad.subject, quad.predicate, quad.object));
}

async function withJsonld(text) {
  const jsonld = require("jsonld");
  const refuse = (url) => {
    throw new Error(`the file asks for ${url}`);
  };
  const safe = true; // what is not understood is an error, not left out
  const quads = await jsonld.toRDF(JSON.parse(text), { documentLoader: refuse, safe });
  return quads.map((quad) => JSON.stringify([quad.subject, quad.predicate, quad.object]));
}

async function main() {
  const [reader, file] = process.argv.slice(2);
  console.warn = (...words) => {
    throw new Error(`warning: ${words.join(" ")}`);
  };
  const text = fs.readFileSync(file, "utf8");
  const lines = reader === "n3" ? withN3(file, text) : await withJsonld(text);
  console.log(new Set(lines).size);
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
