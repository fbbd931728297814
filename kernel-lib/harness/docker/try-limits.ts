import type Docker from 'dockerode'
import { InputError } from '../../errors.ts'
import { engineText, runLabels } from './engine.ts'
import { type Toolbox, toolboxMount } from './gate/toolbox.ts'
import type { Ulimit } from './settings.ts'

/**
 * Starts one container that does nothing with the limits that are asked for: an engine says only then what it does not give.
 *
 * @throws InputError with what the engine said.
 */
export async function tryUlimits(
  engine: Docker,
  ulimits: readonly Ulimit[],
  { run, image, toolbox }: { readonly run: string; readonly image: string; readonly toolbox: Toolbox },
): Promise<void> {
  if (ulimits.length === 0) return
  try {
    const container = await engine.createContainer({
      name: `hoplab-${run}-limits`,
      Image: image,
      Entrypoint: [...toolbox.shell, '-c', ':'],
      Cmd: [],
      Labels: runLabels(run),
      HostConfig: { NetworkMode: 'none', Ulimits: ulimitWords(ulimits), Mounts: [toolboxMount(toolbox)] },
    })
    await container.start()
    await container.remove({ force: true, v: true })
  } catch (error) {
    const asked = ulimits.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`).join(', ')
    throw new InputError(
      `docker.ulimits: the engine does not give ${asked}: ${engineText(error)}; write less, or leave ulimits out`,
    )
  }
}

/** Limits in the engine's words. */
export function ulimitWords(ulimits: readonly Ulimit[]): { Name: string; Soft: number; Hard: number }[] {
  return ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard }))
}
