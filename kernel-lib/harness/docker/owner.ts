import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import { demux } from './demux.ts'
import { runLabels } from './engine.ts'
import { nodePath } from './image/base.ts'
import { baseImage } from './image/ensure.ts'

/** Gives files to the user of this process that programs wrote as others. */
export interface Owner {
  /** Resolves when everything in a folder of the run, named from the run's own, is this user's; at once where nothing can be done. */
  giveBack(folder: string): Promise<void>
}

/** Where the container that does it finds the run's folder. */
const runPath = '/run-folder'

/** What it runs: for each line the path of a folder; it answers with the line when all in it belongs to the user, who may read and remove it. Links are not followed. */
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
  const image = await baseImage(engine)
  const container = await engine.createContainer({
    name: `hoplab-${run}-owner`,
    Image: image.id,
    Entrypoint: [nodePath, '-e', program, String(process.getuid?.() ?? 0), String(process.getgid?.() ?? 0)],
    Cmd: [],
    Labels: runLabels(run),
    User: '0:0',
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      NetworkMode: 'none',
      LogConfig: { Type: 'none', Config: {} },
      Mounts: [{ Type: 'bind', Source: folder, Target: runPath }],
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
      SecurityOpt: ['no-new-privileges'],
    },
  })
  const line = (await container.attach({ stream: true, stdin: true, stdout: true, hijack: true })) as unknown as Duplex
  line.on('error', () => {})
  await container.start()
  return ownerOn(line)
}

function ownerOn(line: Duplex): Owner {
  const waiting = new Map<string, () => void>()
  const { stdout, stderr } = demux(line)
  stderr.resume()
  let gone = false
  createInterface({ input: stdout })
    .on('line', (folder) => waiting.get(folder)?.())
    .on('close', () => {
      gone = true
      for (const done of waiting.values()) done()
    })
  return {
    giveBack(folder) {
      if (gone) return Promise.resolve()
      return new Promise((resolve) => {
        waiting.set(folder, resolve)
        line.write(`${folder}\n`)
      })
    },
  }
}
