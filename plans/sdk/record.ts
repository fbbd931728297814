/** What one column of a record holds. A `?` at the end means that the value may be null. */
export type ColumnType =
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'strings'
  | 'buckets'
  | 'string?'
  | 'number?'
  | 'integer?'
  | 'boolean?'
  | 'strings?'

/** One column: its type, unit, the values it may take, and a sentence that says what it means. */
export interface Column {
  readonly type: ColumnType
  readonly about: string
  /** Unit of a number, as it stands on an axis: `ms`, `bits`, `peers`. */
  readonly unit?: string
  /** All values a string column may take. */
  readonly values?: readonly string[]
  /** What the text of a string column is: `key`, a point of the key space as 64 hexadecimal digits. */
  readonly format?: 'key'
}

/** A kind of record: the file that holds it (one JSON object a line) and its columns in order. */
export interface RecordSchema<C extends Readonly<Record<string, Column>> = Readonly<Record<string, Column>>> {
  /** Name of the table that its rows become. */
  readonly name: string
  /** File in the instance's output folder. */
  readonly file: string
  readonly about: string
  readonly columns: C
}

type Plain<T extends ColumnType> = T extends 'string'
  ? string
  : T extends 'number' | 'integer'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'strings'
        ? readonly string[]
        : T extends 'buckets'
          ? readonly (readonly string[])[]
          : never

type Value<C extends Column> = C extends {
  readonly type: `${infer T extends ColumnType}?`
}
  ? Plain<T> | null
  : C extends { readonly values: readonly (infer V)[] }
    ? V
    : Plain<C['type']>

/** The row type of a schema: every column present, absent values null. */
export type Row<S extends RecordSchema> = {
  readonly [K in keyof S['columns']]: Value<S['columns'][K]>
}

/** Declares a kind of record; types, checks, documentation and table columns all come from this one declaration. */
export function defineRecord<const C extends Readonly<Record<string, Column>>>(
  schema: RecordSchema<C>,
): RecordSchema<C> {
  return schema
}
