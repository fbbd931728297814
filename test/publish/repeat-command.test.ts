import { execFileSync } from 'node:child_process'
import * as assert from 'uvu/assert'
import { repeatCommand } from '../../publish/render/provenance.ts'
import { describe } from '../suite.ts'

/** The words that a shell makes of a command. */
function wordsOf(command: string): readonly string[] {
  const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
  return printed.split('\0').slice(0, -1)
}

describe('the command that repeats a page', (test) => {
  test('gives a shell back each parameter whole', () => {
    const parameters = { nodes: 40, sizes: '100 1000', of: "it's $HOME; `date`", none: '' }
    assert.equal(wordsOf(repeatCommand({ source: 'my notes/one.ipynb', parameters })), [
      ...['npx', 'hoplab', 'notebook', 'run', 'my notes/one.ipynb'],
      ...Object.entries(parameters).flatMap(([name, value]) => ['-p', `${name}=${value}`]),
      '--publish',
    ])
  })

  test('has no quotes where it needs none', () => {
    const command = repeatCommand({ source: 'notebooks/dht-lookups.ipynb', parameters: { nodes: 40, rate: 0.5 } })
    assert.is(command, 'npx hoplab notebook run notebooks/dht-lookups.ipynb -p nodes=40 -p rate=0.5 --publish')
  })
})
