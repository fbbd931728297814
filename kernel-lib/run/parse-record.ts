import { currentSpec, specSchemas } from '../composition/earlier-spec.ts'
import { type Outcome, outcomes, type RunRecord } from './record.ts'

type Fields = Readonly<Record<string, unknown>>
type Check = readonly [key: string, wanted: string, fits: (value: unknown) => boolean]

const problemsShown = 5
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): boolean => typeof value === 'string'
const isOutcome = (value: unknown): boolean => outcomes.includes(value as Outcome)
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
const isTime = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= 8.64e15
/** One step of a path: records come from anywhere, and none may lead out of its folder. */
const isStep = (value: unknown): boolean => typeof value === 'string' && !/[/\\\0]|^\.*$/.test(value)
const orNull = (fits: (value: unknown) => boolean) => (value: unknown) => value === null || fits(value)

const recordChecks: readonly Check[] = [
  ['run', 'a run id', isStep],
  ['spec', 'an object', isObject],
  ['specHash', 'text', isText],
  ['harness', 'text', isText],
  ['placement', 'an object or null', orNull(isObject)],
  ['versions', 'an object', isObject],
  ['machine', 'an object or null', orNull(isObject)],
  ['startedMs', 'a time in ms', isTime],
  ['endedMs', 'a time in ms', isTime],
  ['outcome', `one of ${outcomes.join(', ')}`, isOutcome],
  ['instances', 'a list', Array.isArray],
  ['artifacts', 'a list', Array.isArray],
  ['imported', 'an object or null', orNull(isObject)],
]
const specChecks: readonly Check[] = [
  ['schema', specSchemas.join(' or '), (value) => specSchemas.includes(value)],
  ['plan', 'text', isText],
  ['case', 'text', isText],
  ['seed', 'a whole number', isCount],
  ['groups', 'a list', Array.isArray],
]
const groupChecks: readonly Check[] = [
  ['id', 'text', isText],
  ['count', 'a whole number', isCount],
  ['params', 'an object', isObject],
]
/** What specs, and their groups, hold since a schema. */
interface Since {
  readonly spec: readonly Check[]
  readonly group: readonly Check[]
}

const secondChecks: Since = {
  spec: [['topology', 'an object', isObject]],
  group: [
    ['region', 'text', isText],
    ['reach', 'an object', isObject],
    ['life', 'an object', isObject],
    ['clock', 'an object or null', orNull(isObject)],
  ],
}
const thirdChecks: Since = {
  spec: [['start', 'an object or null', orNull(isObject)]],
  group: [['program', 'true or false', (value) => typeof value === 'boolean']],
}
const fourthChecks: Since = {
  spec: [
    ['start', 'an object with neighbourhood, or null', orNull((start) => isObject(start) && 'neighbourhood' in start)],
  ],
  group: [],
}
/** By schema: what it holds beside what the first did. */
const sinceChecks: Readonly<Record<string, readonly Since[]>> = {
  'hoplab/spec/2': [secondChecks],
  'hoplab/spec/3': [secondChecks, thirdChecks],
  'hoplab/spec/4': [secondChecks, thirdChecks, fourthChecks],
}
const instanceChecks: readonly Check[] = [
  ['group', 'the name of a folder', isStep],
  ['index', 'a whole number', isCount],
  ['seq', 'a whole number', isCount],
  ['outcome', `one of ${outcomes.join(', ')}`, isOutcome],
  ['reason', 'text', isText],
  ['ending', 'an object', isObject],
]
const artifactChecks: readonly Check[] = [
  ['path', 'a path in the run', (value) => typeof value === 'string' && value.split('/').every(isStep)],
  ['bytes', 'a whole number', isCount],
  ['sha256', 'text', isText],
]

/** A record, or what is wrong with it in one line. */
export type ParsedRecord =
  | { readonly record: RunRecord; readonly problem: null }
  | { readonly record: null; readonly problem: string }

/** Reads the text of a `record.json`, and refuses what no hoplab wrote: one that was cut, altered, or is of another version. A spec of an earlier schema is made one of this version; its hash stays. */
export function parseRecord(json: string): ParsedRecord {
  let found: unknown
  try {
    found = JSON.parse(json)
  } catch {
    return refused('is not JSON; it was cut or altered')
  }
  const schema = isObject(found) ? found.schema : undefined
  if (schema !== 'hoplab/record/1')
    return refused(`has schema ${JSON.stringify(schema) ?? 'none'}; this hoplab reads hoplab/record/1`)
  const problems = problemsOf(found as Fields)
  if (problems.length === 0) {
    const record = found as RunRecord
    return { record: { ...record, spec: currentSpec(record.spec) }, problem: null }
  }
  const more = problems.length > problemsShown ? ` and ${problems.length - problemsShown} more` : ''
  return refused(`was altered: ${problems.slice(0, problemsShown).join('; ')}${more}`)
}

function refused(problem: string): ParsedRecord {
  return { record: null, problem: `record.json ${problem}` }
}

function problemsOf(record: Fields): readonly string[] {
  const spec = isObject(record.spec) ? record.spec : {}
  return [
    ...wrong('', record, recordChecks),
    ...(isObject(record.spec) ? wrong('spec.', spec, specChecks) : []),
    ...wrongIn('spec.groups', spec.groups, groupChecks),
    ...(sinceChecks[String(spec.schema)] ?? []).flatMap((since) => wrongSince(spec, since)),
    ...wrongIn('instances', record.instances, instanceChecks),
    ...wrongIn('artifacts', record.artifacts, artifactChecks),
  ]
}

function wrongSince(spec: Fields, since: Since): readonly string[] {
  return [...wrong('spec.', spec, since.spec), ...wrongIn('spec.groups', spec.groups, since.group)]
}

function wrongIn(where: string, list: unknown, checks: readonly Check[]): readonly string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, at) =>
    isObject(item) ? wrong(`${where}[${at}].`, item, checks) : [`${where}[${at}] is no object`],
  )
}

function wrong(where: string, found: Fields, checks: readonly Check[]): readonly string[] {
  return checks
    .filter(([key, , fits]) => !fits(found[key]))
    .map(([key, wanted]) =>
      found[key] === undefined ? `${where}${key} is missing` : `${where}${key} is not ${wanted}`,
    )
}
