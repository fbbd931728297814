import type Docker from 'dockerode'
import { startHelper } from './helper.ts'

/** Gives files to the user of this process that programs wrote as others. */
export interface Owner {
  /** Resolves when everything in a folder of the run, named from the run's own, is this user's; at once where nothing can be done. */
  giveBack(folder: string): Promise<void>
}

/** Where the container that does it finds the run's folder. */
const runPath = '/run-folder'

/** For each line, the path of a folder: answers when all in it belongs to the user, who may read and remove it. Links are not followed. */
const program = `
const { lchownSync, chmodSync, lstatSync, readdirSync } = require('node:fs')
const [uid, gid] = process.argv.slice(1).map(Number)
function give(path) {
  const stat = lstatSync(path)
  lchownSync(path, uid, gid)
  if (!stat.isSymbolicLink()) chmodSync(path, (stat.mode & 0o777) | (stat.isDirectory() ? 0o700 : 0o600))
  if (stat.isDirectory()) for (const name of readdirSync(path)) give(path + '/' + name)
}
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  try { for (const name of readdirSync('${runPath}/' + line)) give('${runPath}/' + line + '/' + name) } catch {}
  console.log(line)
})
`

/** Starts the container that gives files back: root in it may, where the user of this process may not. */
export async function startOwner(
  engine: Docker,
  { run, folder }: { readonly run: string; readonly folder: string },
): Promise<Owner> {
  const helper = await startHelper(engine, {
    run,
    part: 'owner',
    program,
    args: [String(process.getuid?.() ?? 0), String(process.getgid?.() ?? 0)],
    may: {
      Mounts: [{ Type: 'bind', Source: folder, Target: runPath }],
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
    },
  })
  return {
    async giveBack(folder) {
      await helper.ask(folder)
    },
  }
}
