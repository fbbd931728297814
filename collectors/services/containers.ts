import { AbsentError } from 'hoplab'
import { check } from 'hoplab/harness/docker/check.ts'
import { engineText, openEngine } from 'hoplab/harness/docker/engine.ts'
import { type ServiceName, serviceNames } from './names.ts'
import { type Settings, setting } from './settings.ts'

/** A container of a service. */
export interface ServiceContainer {
  readonly name: ServiceName
  readonly id: string
  /** As the engine says it: `running`, `exited`. */
  readonly state: string
  /** As people read it: `Up 3 minutes`, `Exited (1) 2 seconds ago`. */
  readonly status: string
}

/**
 * The containers that the services of these settings have.
 *
 * @throws AbsentError where no engine answers.
 */
export async function containersOf(settings: Settings): Promise<readonly ServiceContainer[]> {
  const label = [`hoplab.services=${setting(settings, 'COMPOSE_PROJECT_NAME')}`]
  const found = await openEngine()
    .listContainers({ all: true, filters: { label } })
    .catch(async (error) => {
      throw await noEngine(error)
    })
  return serviceNames.flatMap((name) =>
    found
      .filter(({ Labels }) => Labels['com.docker.compose.service'] === name)
      .map(({ Id, State, Status }) => ({ name, id: Id, state: State, status: Status })),
  )
}

async function noEngine(error: unknown): Promise<AbsentError> {
  const [lack] = await check()
  return new AbsentError(
    lack === undefined
      ? `the engine refused: ${engineText(error)}`
      : `hoplab services needs ${lack.missing}; ${lack.fix}`,
  )
}

/** The last lines that a container wrote. */
export async function lastLines(container: ServiceContainer, count: number): Promise<string> {
  const bytes = await openEngine().getContainer(container.id).logs({ stdout: true, stderr: true, tail: count })
  const pieces: Buffer[] = []
  // Before each piece stand its stream, in four bytes, and its length.
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    pieces.push(bytes.subarray(at + 8, end))
    at = end
  }
  return Buffer.concat(pieces).toString().trimEnd()
}
