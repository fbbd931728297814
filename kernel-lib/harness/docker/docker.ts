import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { instanceCount } from '../../composition/groups.ts'
import type { RunSpec } from '../../composition/spec.ts'
import type { Harness, OpenOptions, Session } from '../harness.ts'
import { endLeftovers } from '../machine/leftovers.ts'
import { preparedImages } from './builders/prepare.ts'
import { check } from './check.ts'
import { openEngine, orEngineGone } from './engine.ts'
import { examine } from './examine/examine.ts'
import { removeToolbox } from './gate/toolbox.ts'
import { tellCrowd } from './network/neighbours.ts'
import { refuse } from './refuse.ts'
import { removeAbandoned, removeRun } from './remove.ts'
import { openSession } from './session.ts'

/**
 * Instances as containers of this machine's Docker engine, one each, with an address of its own in a network of the run's own.
 *
 * @param options `cores`: a quarter of how many containers are made, and started, at a time. Default: this machine's.
 */
export function dockerHarness({ cores = availableParallelism() }: { readonly cores?: number } = {}): Harness {
  const images = preparedImages()
  const open = async (spec: RunSpec, options: OpenOptions): Promise<Session> =>
    openSession(spec, { ...options, cores, images: await images.take(spec, options) })
  return {
    name: 'docker',
    check,
    examine,
    refuse,
    async prepare(spec, options) {
      const crowd = tellCrowd(instanceCount(spec))
      if (crowd !== null) options.onNotice(crowd)
      await orEngineGone(images.prepare(spec, options))
    },
    runsAtOnce: () => 1,
    open: (spec, options) => orEngineGone(open(spec, options)),
    sweep,
    reap,
  }
}

/** Ends servers of the run and removes what the engine has of it, whose folder this is: folders are named by their runs. */
async function sweep(folder: string): Promise<number> {
  await removeToolbox(folder)
  const servers = await endLeftovers(folder)
  if ((await check()).length > 0) return servers
  const { containers } = await removeRun(openEngine(), basename(folder))
  return servers + containers
}

async function reap(): Promise<string | null> {
  if ((await check()).length > 0) return null
  return removeAbandoned(openEngine())
}
