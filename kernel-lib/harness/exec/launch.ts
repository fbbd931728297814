import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { redisEnvironment, type SessionFacts } from '../instances/environment.ts'
import type { Running } from '../instances/running.ts'
import { endUnstarted, follow, hear, type Unit } from '../instances/unit.ts'
import { entrust, type Keeper } from '../machine/keep.ts'
import type { CommandLine } from '../machine/own.ts'
import { startProcess } from '../machine/start.ts'
import type { Artifact } from './artifacts.ts'
import { instanceEnvironment, sharedEnvironment } from './environment.ts'
import type { Ground } from './ground.ts'

/** What processes are started with. */
export interface Launch {
  readonly facts: SessionFacts
  /** By group. */
  readonly artifacts: ReadonlyMap<string, Artifact>
  readonly ground: Ground
  /** Aborted when the session is being ended. */
  readonly signal: AbortSignal
  readonly cores: number
}

/** A start is over when the process has printed something, or after this long. */
const startMs = 1000

/** Starts every process, twice as many at a time as there are cores, and none after the session is being ended. */
export async function launchAll(units: readonly Unit[], launch: Launch): Promise<void> {
  const queue = [...units]
  const lane = async (): Promise<void> => {
    for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) await launchUnit(unit, launch)
  }
  await Promise.all(Array.from({ length: launch.cores * 2 }, lane))
}

async function launchUnit(unit: Unit, launch: Launch): Promise<void> {
  const { facts, ground, signal } = launch
  const env = await environmentOf(unit, launch)
  if (signal.aborted) return endUnstarted(unit)
  const running = startProcess({
    program: commandOf(unit, launch),
    cwd: facts.temp,
    env,
    logs: makeFolders(unit, facts),
    onLine: (line) => hear(unit, line),
  })
  unit.running = running
  watchOver(ground.keeper, running, facts.folder)
  for (const one of unit.witnesses) one.started()
  void follow(unit, running, { sync: ground.sync, timeoutMs: facts.spec.timeoutMs })
  await Promise.race([running.up, sleep(startMs)])
}

/** A process has one program: instances that share one are of the plan's own. */
function commandOf({ witnesses: [first] }: Unit, { artifacts, ground: { namespace } }: Launch): CommandLine {
  const artifact = artifacts.get(first?.instance.group ?? '')
  if (artifact === undefined) throw new Error('a process without a program')
  return namespace === null ? artifact.command : namespace.enter(artifact.command)
}

/** Variables of a process. Those of its first instance stand for all, and a file holds each one's where it has several. */
async function environmentOf(
  { number, witnesses }: Unit,
  { facts, ground: { sync, redis } }: Launch,
): Promise<Record<string, string>> {
  const each = witnesses.map(({ member }) => instanceEnvironment(member, facts))
  const [only, ...more] = witnesses.map(({ instance: { group, index } }) => ({ group, index }))
  const door = await sync.door(more.length === 0 && only !== undefined ? only : null)
  const process = {
    ...sharedEnvironment(facts),
    ...each[0],
    ...redisEnvironment(redis),
    SYNC_SERVICE_HOST: door.host,
    SYNC_SERVICE_PORT: String(door.port),
  }
  if (more.length === 0) return process
  const list = join(facts.temp, `instances-${number}.json`)
  writeFileSync(list, JSON.stringify(each))
  return { ...process, HOPLAB_INSTANCES: list }
}

/** Makes the instances' output folders; returns the folder of the process's own output: its instance's, where it holds but one. */
function makeFolders({ number, witnesses }: Unit, { folder }: SessionFacts): string {
  const folders = witnesses.map(({ instance }) => join(folder, instance.group, String(instance.index)))
  for (const path of folders) mkdirSync(path, { recursive: true })
  const [only, ...more] = folders
  return only !== undefined && more.length === 0 ? only : join(folder, 'processes', String(number))
}

/** Has a process ended should we not live to do it. */
function watchOver(keeper: Keeper, { pid, over }: Running, folder: string): void {
  if (pid === undefined) return
  entrust(keeper, pid, folder)
  void over.then(() => keeper.ended(pid))
}
