import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { writeNotebook } from '../../kernel-lib/kernel/document/notebook.ts'
import { executeNotebook } from '../../kernel-lib/kernel/execute/execute.ts'
import { publish } from '../../publish/publish.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'

const root = resolve(import.meta.dirname, '../..')

/** A notebook that was executed and made a page. */
export interface Published {
  /** Text of the page. */
  readonly text: string
  /** Path of the page. */
  readonly page: string
  /** Folder of the site. */
  readonly site: string
}

/** Executes a notebook of ours in a folder of its own, where its runs go too, publishes it, and removes all when `look` is done. */
export async function withPublished(
  name: string,
  parameters: Readonly<Record<string, string>>,
  look: (published: Published) => void,
): Promise<void> {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-notebook-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  try {
    const { failed, notebook } = await executeNotebook(join(root, `notebooks/${name}.ipynb`), {
      cwd: folder,
      parameters,
    })
    assert.is(failed, null)
    await writeNotebook(notebook, join(folder, `${name}.ipynb`))
    const site = join(folder, 'site')
    const page = await publish(join(folder, `${name}.ipynb`), site)
    look({ text: readFileSync(page, 'utf8'), page, site })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
