import { canonicalJson } from '../composition/hash.ts'
import type { CaseSpec, Manifest, ParamSpec } from '../composition/manifest.ts'
import { suggest } from '../composition/nearest.ts'
import { InputError } from '../errors.ts'
import type { Plan } from '../harness/harness.ts'

const width = 100

/** What `hoplab plans --json` prints: `{ schema, plans: [{ name, about, cases: [{ name, about, instances }] }] }`. */
export function plansJson(plans: readonly Plan[]): object {
  return {
    schema: 'hoplab/plans/1',
    plans: plans.map(({ manifest }) => ({
      name: manifest.name,
      about: manifest.about,
      cases: Object.values(manifest.cases).map(({ name, about, instances }) => ({ name, about, instances })),
    })),
  }
}

/** What `hoplab plans` prints: a line a plan, then a line for each of its cases. */
export function plansLines(plans: readonly Plan[]): readonly string[] {
  if (plans.length === 0)
    return [
      'no plan here; a plan is a folder with a manifest.toml, below a folder that package.json lists under hoplab.plans',
    ]
  const names = plans.flatMap(({ manifest }) => Object.keys(manifest.cases))
  const column = Math.max(...names.map((name) => name.length)) + 2
  return plans.flatMap(({ manifest }) => [
    [manifest.name, manifest.about].filter((part) => part !== '').join('   '),
    ...Object.values(manifest.cases).flatMap((spec) =>
      hang(`  ${spec.name.padEnd(column)}`, `${instancesOf(spec)}${spec.about === '' ? '' : `; ${spec.about}`}`),
    ),
  ])
}

/** What `hoplab describe --json` prints: the manifest, its cases as a list, under `schema`. */
export function describeJson({ cases, name, about, versions, builders, program }: Manifest): object {
  const listed = Object.values(cases).map(({ params, ...spec }) => ({
    ...spec,
    params: Object.entries(params).map(([param, rest]) => ({ name: param, ...rest })),
  }))
  return { schema: 'hoplab/describe/1', name, about, versions, builders: Object.keys(builders), program, cases: listed }
}

/** What `hoplab describe` prints: the plan, then the parameters that every case has, then each case with its own: their defaults and what they take. */
export function describeLines(manifest: Manifest): readonly string[] {
  const cases = Object.values(manifest.cases)
  const names = sharedParams(cases)
  const versions = manifest.versions.length === 0 ? [] : [`versions   ${manifest.versions.join(', ')}`]
  const builders = Object.keys(manifest.builders)
  const built = builders.length === 0 ? [] : [`builders   ${builders.join(', ')}`]
  const program = manifest.program === null && builders.length === 0 ? ['brings no program that runs here'] : []
  return [
    ...hang(`${manifest.name}   `, manifest.about),
    ...versions,
    ...built,
    ...program,
    ...(names.size === 0 ? [] : ['', 'every case', ...paramLines(cases[0]?.params ?? {}, (name) => names.has(name))]),
    ...cases.flatMap((spec) => ['', ...caseLines(spec), ...paramLines(spec.params, (name) => !names.has(name))]),
  ]
}

/** Names of the parameters that several cases have in common, alike in all of them; none where there is one case. */
function sharedParams([first, ...others]: readonly CaseSpec[]): ReadonlySet<string> {
  const params = others.length === 0 ? [] : Object.entries(first?.params ?? {})
  const alike = params.filter(([name, param]) =>
    others.every((spec) => canonicalJson(spec.params[name] ?? null) === canonicalJson(param)),
  )
  return new Set(alike.map(([name]) => name))
}

/**
 * The manifest with one case only.
 *
 * @throws InputError for an unknown one, with the names there are.
 */
export function pickCase(manifest: Manifest, name: string): Manifest {
  const spec = Object.hasOwn(manifest.cases, name) ? manifest.cases[name] : undefined
  if (spec === undefined)
    throw new InputError(
      `plan ${manifest.name}: unknown case "${name}"; ${suggest(name, Object.keys(manifest.cases), 'there are')}`,
    )
  return { ...manifest, cases: { [name]: spec } }
}

function caseLines(spec: CaseSpec): readonly string[] {
  const roles = spec.roles.length === 0 ? '' : `; roles ${spec.roles.join(', ')}`
  return [
    ...hang(`${spec.name}   `, `${instancesOf(spec)}${roles}`),
    ...(spec.about === '' ? [] : hang('  ', spec.about)),
  ]
}

function paramLines(all: CaseSpec['params'], wanted: (name: string) => boolean): readonly string[] {
  const params = Object.entries(all).filter(([name]) => wanted(name))
  const names = Math.max(0, ...params.map(([name]) => name.length)) + 2
  const defaults = Math.max(0, ...params.map(([, param]) => defaultOf(param).length)) + 2
  return params.flatMap(([name, param]) =>
    hang(
      `  ${name.padEnd(names)}${defaultOf(param).padEnd(defaults)}`,
      [takes(param), param.about].filter((part) => part !== '').join('; '),
    ),
  )
}

function instancesOf({ instances: { min, max } }: CaseSpec): string {
  return max === Number.MAX_SAFE_INTEGER ? `${min} or more instances` : `${min}–${max} instances`
}

function defaultOf({ default: value, unit }: ParamSpec): string {
  if (value === null) return 'no default'
  return `${value === '' ? '""' : value}${unit === '' ? '' : ` ${unit}`}`
}

function takes({ type, min, max, values }: ParamSpec): string {
  if (values !== null) return `${type}: ${values.join(' | ')}`
  if (min !== null && max !== null) return `${type} ${min}–${max}`
  if (min !== null) return `${type} ≥ ${min}`
  return max === null ? type : `${type} ≤ ${max}`
}

/** Text after a head, wrapped at 100 columns under where it began. */
function hang(head: string, text: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<=\S)\s+(?=\S)/)) {
    if (line !== '' && head.length + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((part, index) => `${index === 0 ? head : ' '.repeat(head.length)}${part}`.trimEnd())
}
