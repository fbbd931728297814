import { InputError } from '../../errors.ts'
import { cellTags, type Notebook, type NotebookCell, sourceHash } from './notebook.ts'

/** A value of a notebook's parameter. */
export type NotebookValue = string | number | boolean
/** Values by the names of parameters. */
export type NotebookValues = Readonly<Record<string, NotebookValue>>

/** A parameter as the cell tagged `parameters` declares it, on one line: `const nodes = 40 // how many`. */
export interface NotebookParameter {
  readonly name: string
  readonly type: 'number' | 'string' | 'boolean'
  readonly default: NotebookValue
  readonly keyword: string
  /** Its type as written, with the colon, or an empty string. */
  readonly annotation: string
}

const declaration = /^\s*(const|let|var)\s+([A-Za-z_$][\w$]*)\s*(:\s*(?:number|string|boolean)\b)?\s*=\s*(.*)$/
const literal =
  /^(-?(?:\d[\d_]*)(?:\.\d[\d_]*)?(?:e[+-]?\d+)?|true|false|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`)\s*(?:;|\/\/.*)*\s*(?:\/\/.*)?$/i

/** The parameters that a notebook declares, in order; empty where no cell is tagged `parameters`. */
export function notebookParameters(notebook: Notebook): readonly NotebookParameter[] {
  const cell = parametersCell(notebook)
  return cell === undefined ? [] : cell.source.split('\n').flatMap(readDeclaration)
}

/** Every parameter's value: those given, typed by their defaults, and the defaults of the others. Throws InputError with all that is wrong. */
export function assignParameters(declared: readonly NotebookParameter[], given: NotebookValues): NotebookValues {
  const problems: string[] = []
  const values: Record<string, NotebookValue> = Object.fromEntries(declared.map((one) => [one.name, one.default]))
  for (const [name, value] of Object.entries(given)) {
    const parameter = declared.find((one) => one.name === name)
    const typed = parameter === undefined ? undefined : convert(value, parameter.type)
    if (parameter === undefined) problems.push(`-p ${name}: the notebook has no such parameter; ${allowed(declared)}`)
    else if (typed === undefined)
      problems.push(`-p ${name}=${value}: is not a ${parameter.type}; its default is ${literalOf(parameter.default)}`)
    else values[name] = typed
  }
  if (problems.length > 0) throw new InputError(problems.join('\n'))
  return values
}

/** A copy of the notebook with a cell after the one tagged `parameters` that sets the values that are not defaults: the same cell, whether defaults are given as well or not. */
export function injectParameters(notebook: Notebook, values: NotebookValues): Notebook {
  const cells = notebook.cells.filter((cell) => !cellTags(cell).includes('injected-parameters'))
  const place = cells.findIndex((cell) => cellTags(cell).includes('parameters'))
  const set = notebookParameters(notebook).filter(
    (parameter) => (values[parameter.name] ?? parameter.default) !== parameter.default,
  )
  if (set.length === 0) return { ...notebook, cells }
  const source = set
    .map(
      ({ keyword, name, annotation }) =>
        `${keyword} ${name}${annotation} = ${literalOf(values[name] as NotebookValue)}`,
    )
    .join('\n')
  const cell: NotebookCell = {
    cell_type: 'code',
    id: `parameters-${sourceHash(source).slice(0, 8)}`,
    metadata: { tags: ['injected-parameters'] },
    source,
    outputs: [],
    execution_count: null,
  }
  return { ...notebook, cells: [...cells.slice(0, place + 1), cell, ...cells.slice(place + 1)] }
}

function parametersCell(notebook: Notebook): NotebookCell | undefined {
  return notebook.cells.find((cell) => cell.cell_type === 'code' && cellTags(cell).includes('parameters'))
}

function readDeclaration(line: string): NotebookParameter[] {
  const [, keyword, name, annotation, rest] = declaration.exec(line) ?? []
  const text = literal.exec(rest ?? '')?.[1]
  if (keyword === undefined || name === undefined || text === undefined) return []
  const value = readLiteral(text)
  const type = typeof value as NotebookParameter['type']
  return [{ name, type, default: value, keyword, annotation: annotation === undefined ? '' : `: ${type}` }]
}

function readLiteral(text: string): NotebookValue {
  if (/^(true|false)$/.test(text)) return text === 'true'
  if (!/^['"`]/.test(text)) return Number(text.replaceAll('_', ''))
  return text.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t' })[escaped] ?? escaped)
}

function convert(value: NotebookValue, type: NotebookParameter['type']): NotebookValue | undefined {
  if (typeof value === type) return type === 'number' && !Number.isFinite(value) ? undefined : value
  if (typeof value !== 'string') return undefined
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined
  const number = Number(value)
  return value.trim() !== '' && Number.isFinite(number) ? number : undefined
}

function allowed(declared: readonly NotebookParameter[]): string {
  if (declared.length === 0) return 'none is declared: tag a cell `parameters` and write in it, say, const nodes = 40'
  return `it has ${declared.map((one) => `${one.name} (${one.type}, ${literalOf(one.default)})`).join(', ')}`
}

function literalOf(value: NotebookValue): string {
  return typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : String(value)
}
