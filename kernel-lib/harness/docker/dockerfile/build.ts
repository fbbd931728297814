import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { canonicalJson } from '../../../composition/hash.ts'
import { InputError } from '../../../errors.ts'
import type { Workshop } from '../builders/builder.ts'
import { imageLabel } from '../image/archive.ts'
import { inspectImage } from '../image/ensure.ts'
import type { Image } from '../image/image.ts'
import { type Entry, tarBytes } from '../image/tar.ts'
import { buildLog } from './log.ts'

/** An image to be built of a Dockerfile. */
export interface DockerfileOrder {
  readonly name: string
  /** What the engine is sent, by absolute paths in the context. */
  readonly context: readonly Entry[]
  /** Path in the context. */
  readonly dockerfile: string
  readonly args: Readonly<Record<string, string>>
  /** Ids of the images that it begins with. */
  readonly bases: readonly string[]
  /** What is built, for messages. */
  readonly about: string
}

/** Changes when images are built otherwise, so that what an earlier hoplab built is not taken. */
const recipe = 'hoplab/dockerfile/1'

/**
 * The image of a Dockerfile: the one that was built of the same context, arguments and base images, else it is built now. Nothing
 * is pulled; whoever asks has seen that the bases are there.
 *
 * @throws InputError with the step that failed and what it printed last.
 */
export async function buildImage(order: DockerfileOrder, workshop: Workshop): Promise<Image> {
  const { engine } = workshop
  const tag = `hoplab/${order.name}:${(await keyOf(order)).slice(0, 16)}`
  const had = await inspectImage(engine, tag)
  if (had === null) await build(order, tag, workshop)
  const has = had ?? (await inspectImage(engine, tag))
  if (has === null) throw new Error(`the engine built image ${tag} and does not have it`)
  const { Entrypoint, Cmd } = has.Config
  return {
    tag,
    id: has.Id,
    digest: has.Id.replace('sha256:', ''),
    sizeBytes: has.Size,
    command: [...wordsOf(Entrypoint), ...wordsOf(Cmd)],
    workingDir: null,
    runsAs: 'own',
    foreign: true,
    sdk: null,
    redis: false,
    built: had === null,
  }
}

const wordsOf = (given: string | readonly string[] | null | undefined): readonly string[] =>
  typeof given === 'string' ? [given] : (given ?? [])

/** Hex digest of all that a build depends on. */
async function keyOf({ context, dockerfile, args, bases }: DockerfileOrder): Promise<string> {
  const hash = createHash('sha256').update(canonicalJson([recipe, dockerfile, args, bases]))
  for await (const bytes of tarBytes(context)) hash.update(bytes)
  return hash.digest('hex')
}

async function build(order: DockerfileOrder, tag: string, { engine, signal, onNotice }: Workshop): Promise<void> {
  const { name, context, dockerfile, args, about } = order
  onNotice(`builds image ${tag} (${about})`)
  const sent = Readable.from(tarBytes(context), { objectMode: false })
  const answer = await engine.buildImage(sent, {
    t: tag,
    dockerfile,
    buildargs: args,
    labels: { [imageLabel]: name },
    // As Testground builds: what a step fetches, it fetches over this machine's own network.
    networkmode: 'host',
    rm: true,
    forcerm: true,
    abortSignal: signal,
  })
  const log = buildLog()
  for await (const chunk of answer) log.take(String(chunk))
  const failed = log.failure()
  if (failed !== null) throw new InputError(`${about}: ${failed}`)
}
