// Answer SPARQL queries with Comunica: JSON with the rows of each query, cells as text, null where unbound.
//   node answer_questions.js DATA.nt QUERIES.json
const { readFileSync } = require("node:fs");
const { QueryEngine } = require("@comunica/query-sparql-rdfjs");
const { Parser, Store } = require("n3");

async function main() {
  const [data, queries] = process.argv.slice(2);
  const store = new Store(new Parser({ format: "application/n-triples" }).parse(readFileSync(data, "utf8")));
  const engine = new QueryEngine();
  const answers = {};
  for (const [name, sparql] of Object.entries(JSON.parse(readFileSync(queries, "utf8")))) {
    const found = await engine.query(sparql, { sources: [store] });
    const names = (await found.metadata()).variables;
    const rows = await (await found.execute()).toArray();
    answers[name] = rows.map((row) => names.map((one) => row.get(one)?.value ?? null));
  }
  console.log(JSON.stringify(answers));
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
