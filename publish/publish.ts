import { readFile } from 'node:fs/promises'
import { InputError, readNotebook } from 'hoplab'
import { unfit } from './gate.ts'
import { pageOf } from './page.ts'
import { writePage } from './site.ts'

/**
 * Makes the page of an executed notebook in a site folder, and the site's index anew.
 *
 * @param path The executed notebook; its name is the page's folder.
 * @param site Folder of the site, made where it is missing.
 * @returns Path of the page.
 * @throws InputError naming every cell that failed, was not executed, is stale or ran out of order.
 */
export async function publish(path: string, site: string): Promise<string> {
  const notebook = await readNotebook(path)
  const faults = unfit(notebook)
  if (faults.length > 0)
    throw new InputError(
      `${path} is not published, ${faults.length === 1 ? 'one cell stands' : `${faults.length} cells stand`} in the way:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nexecute it anew: hoplab notebook run NOTEBOOK --publish`,
    )
  return writePage(site, pageOf(notebook, path), await readFile(path, 'utf8'))
}
