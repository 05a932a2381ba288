// Validate files with a SHACL engine that is not ours: a line for each finding, with the file, sorted.
//   node validate_shapes.js rdf-validate-shacl|shacl-engine SHAPES.ttl DATA...
const { readFileSync } = require('node:fs')

async function main () {
  const [engine, shapesFile, ...files] = process.argv.slice(2)
  const { Parser } = require('n3')
  const { default: rdf } = await import('@zazuko/env')
  const read = (file) => rdf.dataset(new Parser({ factory: rdf }).parse(readFileSync(file, 'utf8')))
  const validate = engine === 'shacl-engine' ? await shaclEngine(rdf, read(shapesFile)) : await zazuko(rdf, read(shapesFile))
  const lines = []
  for (const file of files) {
    for (const result of (await validate(read(file))).results) {
      const focus = (result.focusNode.term || result.focusNode).value
      const constraint = constraintOf(result).replace(/^.*#(.*)ConstraintComponent$/, '$1')
      lines.push([file, focus, pathOf(result.path), constraint].join(' '))
    }
  }
  if (lines.length) console.log(lines.sort().join('\n'))
}

const constraintOf = (result) => (result.sourceConstraintComponent || result.constraintComponent).value

function pathOf (path) {
  if (!path) return '-'
  if (Array.isArray(path)) return path.length ? path.map((step) => step.predicates.map((one) => one.value).join('|')).join('/') : '-'
  return path.value
}

async function zazuko (rdf, shapes) {
  const { default: SHACLValidator } = await import('rdf-validate-shacl')
  const validator = new SHACLValidator(shapes, { factory: rdf })
  return (data) => validator.validate(data)
}

async function shaclEngine (rdf, shapes) {
  const { Validator } = await import('shacl-engine')
  const validator = new Validator(shapes, { factory: rdf })
  return (data) => validator.validate({ dataset: data })
}

main().catch((error) => { console.error(error); process.exitCode = 1 })
