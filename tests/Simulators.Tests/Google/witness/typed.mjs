// Judges answers by the client's own type definitions: no member that they do not name, at any depth.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const home = dirname(createRequire(import.meta.url).resolve('@googleapis/calendar'))
const source = readFileSync(join(home, 'v3.d.ts'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\n/gm, '')

const schemas = new Map()
for (const [, name, body] of source.matchAll(/export interface (Schema\$\w+) \{\n([\s\S]*?)\n {4}\}/g)) {
  const members = new Map()
  for (const [, member, type] of body.matchAll(/^ {8}'?([\w$-]+)'?\?: ([\s\S]*?);$(?=\n {8}\S|(?![\s\S]))/gm)) {
    // A type written in place has no name to look up, and free maps have no members to know.
    members.set(member, type.match(/^(Schema\$\w+)(\[\])?( \| null)?$/)?.[1])
  }
  schemas.set(name, members)
}

/** Members of an answer that its schema does not have, as paths. */
export function unknownMembers (json, schema, path = '') {
  const members = schemas.get(schema)
  if (!members || members.size === 0) throw new Error(`${schema} was not found in the definitions`)
  return Object.entries(json).flatMap(([member, value]) => {
    if (!members.has(member)) return [`${path}${member}`]
    const inner = members.get(member)
    if (!inner) return []
    return (Array.isArray(value) ? value : [value]).flatMap((one) => unknownMembers(one, inner, `${path}${member}.`))
  })
}
