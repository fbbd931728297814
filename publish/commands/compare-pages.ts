import type { Command } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'compare-pages',
  summary: 'tells whether two pages of a notebook say the same, their provenance left out',
  usage: 'PAGE PAGE',
  options: { json: common.json },
  examples: [
    {
      line: 'hoplab compare-pages site/dht-lookups ../again/site/dht-lookups',
      about:
        'exits 0 where they are identical but for run id, date and machine, 1 and names the first difference where not',
    },
  ],
  async run({ positionals, values, out }) {
    const { InputError } = await import('hoplab')
    const [a, b, ...more] = positionals
    if (a === undefined || b === undefined || more.length > 0)
      throw new InputError('hoplab compare-pages: write the folders of two pages, as hoplab compare-pages A B')
    const { comparePages } = await import('../compare/compare-pages.ts')
    const compared = await comparePages(a, b)
    if (values.json) out(JSON.stringify({ schema: 'hoplab/compare-pages/1', pages: [a, b], ...compared }))
    else if (compared.identical) out(`identical  ${compared.files} files, but for their provenance`)
    else {
      const { file, line, ...texts } = compared.firstDifference
      out(`differs  ${file}${line > 0 ? `, line ${line}` : ''}`)
      out(`  ${a}  ${texts.a ?? 'nothing there'}`)
      out(`  ${b}  ${texts.b ?? 'nothing there'}`)
    }
    return compared.identical ? 0 : 1
  },
}

export default command
