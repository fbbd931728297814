import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, realpath, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MountSettings } from 'dockerode'
import { AbsentError } from '../../../errors.ts'
import { fromSource } from '../../machine/own.ts'
import { librariesOf } from '../image/base.ts'
import { toolsPath } from './inside/places.ts'

/** Programs of this machine that make instances inside a pod, and where they are from. */
const packages: Readonly<Record<string, string>> = {
  sh: 'dash',
  ip: 'iproute2',
  mount: 'mount',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  hostname: 'hostname',
}

/** What pods are given of this machine, so that they work in any image. */
export interface PodTools {
  readonly mounts: readonly MountSettings[]
}

/**
 * Copies what pods need of this machine to a folder of the session's toolbox. Node itself is shared and not copied.
 *
 * @throws AbsentError that names the programs that this machine lacks.
 */
export async function makePodTools(toolbox: string): Promise<PodTools> {
  const tools = findTools()
  const folder = join(toolbox, 'pod')
  const libraries = new Set((await Promise.all([process.execPath, ...tools.values()].map(librariesOf))).flat())
  const loader = [...libraries].find((path) => basename(path).startsWith('ld'))
  if (loader === undefined) throw new Error(`${process.execPath} has no loader among ${[...libraries].join(', ')}`)
  await Promise.all(['bin', 'lib'].map((name) => mkdir(join(folder, name), { recursive: true })))
  await Promise.all([
    copyFile(loader, join(folder, 'loader')),
    ...[...libraries].map((path) => copyFile(path, join(folder, 'lib', basename(path)))),
    ...[...tools].map(([name, path]) => copyFile(path, join(folder, 'bin', name))),
    writeFile(join(folder, 'bin', 'node'), ''),
    cp(inside(), join(folder, 'inside'), { recursive: true }),
    writeFile(join(folder, 'package.json'), '{"type":"module"}\n'),
  ])
  const node = await realpath(process.execPath)
  return {
    mounts: [
      { Type: 'bind', Source: folder, Target: toolsPath, ReadOnly: true },
      { Type: 'bind', Source: node, Target: `${toolsPath}/bin/node`, ReadOnly: true },
    ],
  }
}

/** Pods have compiled code alone. */
function inside(): string {
  const folder = fromSource() ? '../../../dist/harness/docker/pods/inside' : './inside'
  const path = fileURLToPath(new URL(folder, import.meta.url))
  if (!existsSync(path)) throw new AbsentError(`pods need ${path}; build it (npm run build)`)
  return path
}

function findTools(): ReadonlyMap<string, string> {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/bin', '/bin'].filter(Boolean)
  const found = Object.keys(packages).map((name) => {
    const path = folders.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate))
    return [name, path] as const
  })
  const missing = found.flatMap(([name, path]) => (path === undefined ? [`${name} (package ${packages[name]})`] : []))
  if (missing.length > 0)
    throw new AbsentError(
      `docker needs ${missing.join(', ')} of this machine for several instances in a container; install them, or write instances_per_container = 1`,
    )
  return new Map(found.flatMap(([name, path]) => (path === undefined ? [] : [[name, path] as const])))
}
