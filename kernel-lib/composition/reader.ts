import { between, shown } from './params.ts'
import { type Problem, unknownName } from './problems.ts'
import { isTable, type Table } from './toml.ts'

export interface ReaderOptions {
  /** Path of the table, put before its keys in messages; empty at the top. */
  readonly where: string
  readonly problems: Problem[]
  /** What tables of its kind are called: `a group`. Default: its path. */
  readonly kind?: string
  /** How a key named in snake_case is spelled in this source. Default: as it is. */
  readonly spell?: (key: string) => string
}

/** Takes the keys of one table, tells a problem for each that is not of its kind, and knows afterwards which were never asked for. */
export interface Reader {
  readonly where: (key: string) => string
  /** A key as this source spells it. */
  readonly name: (key: string) => string
  readonly value: (key: string) => unknown
  readonly text: (key: string) => string | undefined
  readonly number: (key: string, bounds?: Bounds) => number | undefined
  readonly flag: (key: string) => boolean | undefined
  readonly texts: (key: string) => readonly string[] | undefined
  /** A list of numbers, each within bounds. */
  readonly numbers: (key: string, bounds?: Bounds) => readonly number[] | undefined
  readonly table: (key: string) => Table | undefined
  readonly tables: (key: string) => readonly Table[] | undefined
  /** A reader of a table in this one, spelled alike. */
  readonly inner: (key: string) => Reader | undefined
  /** Readers of a list of tables in this one, spelled alike; none where there is no list. */
  readonly inners: (key: string, options: InnersOptions) => readonly Reader[]
  /** Keys that were not asked for, each with what was probably meant. */
  readonly unknown: () => readonly Problem[]
}

/** How readers of a list of tables tell of them. */
export interface InnersOptions {
  /** What each is called: `a group`. */
  readonly kind: string
  /** Where one of them is. Default: `<list>[<index>]`. */
  readonly place?: (table: Table, index: number) => string
}

export interface Bounds {
  readonly min?: number
  /** Below every number allowed. */
  readonly above?: number
  readonly max?: number
  readonly whole?: boolean
}

/** Reads one table. */
export function readTable(table: Table, options: ReaderOptions): Reader {
  const { problems, spell = (key) => key } = options
  const asked = new Set<string>()
  const where = (key: string): string => (options.where === '' ? spell(key) : `${options.where}.${spell(key)}`)
  const value = (key: string): unknown => {
    asked.add(spell(key))
    return table[spell(key)]
  }
  const read = <T>(key: string, wanted: string, fits: (value: unknown) => value is T): T | undefined => {
    const found = value(key)
    if (found === undefined || fits(found)) return found
    problems.push({ where: where(key), what: `is ${shown(found)}; write ${wanted}` })
    return undefined
  }
  const inner = (key: string): Table | undefined => read(key, `a table, [${where(key)}]`, isTable)
  const tables = (key: string): readonly Table[] | undefined =>
    read(key, `tables, [[${where(key)}]]`, (found): found is Table[] => isListOf(found, isTable))
  return {
    where,
    name: spell,
    value,
    text: (key) => read(key, 'text in quotes', (found) => typeof found === 'string'),
    flag: (key) => read(key, 'true or false', (found) => typeof found === 'boolean'),
    number: (key, bounds = {}) =>
      read(key, numberWanted(bounds), (found): found is number => numberFits(found, bounds)),
    texts: (key) =>
      read(key, 'a list of texts, ["a", "b"]', (found): found is string[] =>
        isListOf(found, (item) => typeof item === 'string'),
      ),
    numbers: (key, bounds = {}) => {
      const found = read(key, 'a list of numbers, [1, 2.5]', (list): list is unknown[] => Array.isArray(list))
      const wrong = found?.findIndex((item) => !numberFits(item, bounds)) ?? -1
      if (wrong === -1) return found as readonly number[] | undefined
      const what = `is ${shown(found?.[wrong])}; write ${numberWanted(bounds)}`
      problems.push({ where: `${where(key)}[${wrong}]`, what })
      return undefined
    },
    table: inner,
    inner: (key) => {
      const found = inner(key)
      return found && readTable(found, { ...options, where: where(key), kind: where(key) })
    },
    inners: (key, { kind, place = (_, index) => `${where(key)}[${index}]` }) =>
      (tables(key) ?? []).map((table, index) => readTable(table, { ...options, where: place(table, index), kind })),
    tables,
    unknown: () =>
      unknownKeys(table, asked).map((key) => ({
        where: options.where === '' ? key : `${options.where}.${key}`,
        ...unknownName('key', key, {
          names: [...asked],
          of: `keys of ${options.kind ?? (options.where || 'the file')}`,
        }),
      })),
  }
}

function unknownKeys(table: Table, asked: ReadonlySet<string>): readonly string[] {
  return Object.keys(table).filter((key) => table[key] !== undefined && !asked.has(key))
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits)
}

function numberFits(value: unknown, { min, max, above, whole }: Bounds): boolean {
  return (
    typeof value === 'number' &&
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    value >= (min ?? value) &&
    value <= (max ?? value) &&
    (above === undefined || value > above)
  )
}

function numberWanted({ min, max, above, whole }: Bounds): string {
  const kind = whole ? 'a whole number' : 'a number'
  if (above === undefined) return kind + between(min ?? null, max ?? null)
  return max === undefined ? `${kind} above ${above}` : `${kind} above ${above} and at most ${max}`
}
