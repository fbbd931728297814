import { stringify } from 'smol-toml'
import { InputError } from '../errors.ts'
import type { Draft } from './draft.ts'
import { readOurs } from './read-composition.ts'
import { expandTemplate } from './template/evaluate.ts'
import type { TemplateData } from './template/functions.ts'
import { readTestground } from './testground/read-testground.ts'
import { isTable, parseToml } from './toml.ts'
import { fillFiles } from './world/fill-files.ts'

/** What the text of a composition may refer to, for Testground's templates. */
export interface ReadOptions extends TemplateData {
  /** Named in messages. */
  readonly file: string
}

/**
 * Reads the text of a composition: ours, or Testground's, which has a table `global` and may be a Go template.
 *
 * @throws InputError for malformed TOML, a template that cannot be expanded, or files that it names and that cannot be read; all else that is wrong stands in the draft's problems.
 */
export function readComposition(text: string, { file, ...data }: ReadOptions): Draft {
  const expands = isTestground(text) && text.includes('{{')
  const expanded = expands ? expandTemplate(text, file, data) : { text, warnings: [] }
  const table = parseToml(expanded.text, expands ? `${file} (expanded)` : file)
  if (Array.isArray(table.testcases) && table.plan === undefined)
    throw new InputError(`${file}: is the manifest of a plan; write the path of a composition`)
  if (!isTable(table.global)) {
    const filled = fillFiles(table, { file, resource: data.resource })
    const source = filled.files.length === 0 ? text : `${filled.remark}${stringify(filled.table)}`
    return readOurs(filled.table, { file, source: () => source })
  }
  const draft = readTestground(table, { file, text: expanded.text })
  return { ...draft, warnings: [...expanded.warnings, ...draft.warnings] }
}

/** Whether the text has a table `global`, told before it is known to be TOML. */
function isTestground(text: string): boolean {
  return /(^|\}\})[ \t]*(\[[ \t]*global[ \t]*[\].]|global[ \t]*[=.])/m.test(text)
}
