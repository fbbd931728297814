import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, normalize, resolve } from 'node:path'
import { isTable } from '../../../composition/toml.ts'
import { AbsentError, InputError } from '../../../errors.ts'
import { buildImage } from '../dockerfile/build.ts'
import { contextOf } from '../dockerfile/context.ts'
import { readDockerfile } from '../dockerfile/read.ts'
import { baseImage, inspectImage } from '../image/ensure.ts'
import { type Builder, imageName, type Order, type Workshop } from './builder.ts'
import { tellBase } from './packed.ts'

/** Builds the Dockerfile that a plan brings, at its top or in the folder that the setting `path` names, with the arguments of `build_args`. */
export const dockerGeneric: Builder = {
  selects: false,
  refuse(order) {
    const path = pathOf(order)
    if (path.startsWith('..') || isAbsolute(path)) return [`path: ${path} is outside the plan; write a folder in it`]
    const file = join(path, 'Dockerfile')
    const refused = existsSync(resolve(order.plan.folder, file))
      ? []
      : [`plan ${order.plan.manifest.name} has no ${file}; write one, or path = "the/folder/of/one"`]
    return [...refused, ...refuseArgs(order.build.config.build_args), ...refuseExtras(order)]
  },
  async build(order, workshop) {
    const { plan } = order
    const dockerfile = join(pathOf(order), 'Dockerfile')
    const text = readFileSync(join(plan.folder, dockerfile), 'utf8')
    const args = await argsOf(order, text, workshop)
    const about = `builder docker:generic, ${plan.manifest.name}/${dockerfile}`
    const image = await buildImage(
      {
        name: imageName(plan),
        context: await contextOf(plan, { builder: 'docker:generic', dockerfile }),
        dockerfile: `plan/${dockerfile}`,
        args,
        bases: await basesOf(readDockerfile(text, args).images, about, workshop),
        about,
      },
      workshop,
    )
    if (image.command.length > 0) return image
    throw new InputError(`${about}: the image says neither ENTRYPOINT nor CMD; write one of them`)
  },
}

function pathOf({ build }: Order): string {
  return normalize(typeof build.config.path === 'string' ? build.config.path : '.')
}

function refuseArgs(args: unknown): readonly string[] {
  if (args === undefined) return []
  if (!isTable(args)) return ['build_args: is no table; write build_args = { NAME = "value" }']
  return Object.entries(args)
    .filter(([, value]) => typeof value === 'object')
    .map(([name]) => `build_args.${name}: is no text; write ${name} = "value"`)
}

function refuseExtras({ plan }: Order): readonly string[] {
  return (plan.manifest.extraSources['docker:generic'] ?? [])
    .filter((path) => !existsSync(resolve(plan.folder, path)))
    .map((path) => `extra_sources: ${path} is not there; write folders from the plan's own`)
}

/** The arguments that are given, `PLAN_PATH` as Testground gives it, and `BASE` where the Dockerfile asks for one and none is given. */
async function argsOf({ build }: Order, text: string, workshop: Workshop): Promise<Readonly<Record<string, string>>> {
  const given = isTable(build.config.build_args) ? build.config.build_args : {}
  const args = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const path = typeof build.config.path === 'string' ? build.config.path : './'
  const wantsBase = args.BASE === undefined && readDockerfile(text, args).declared.includes('BASE')
  return { PLAN_PATH: path, ...(wantsBase ? { BASE: await baseName(workshop) } : {}), ...args }
}

async function baseName(workshop: Workshop): Promise<string> {
  if (workshop.baseImage !== null) return workshop.baseImage
  const base = await baseImage(workshop.engine)
  tellBase(base, workshop)
  return base.tag
}

/** Ids of the images that a Dockerfile needs: an engine that lacks one would ask a registry for it. */
async function basesOf(names: readonly string[], about: string, { engine }: Workshop): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => inspectImage(engine, name)))
  const missing = names.filter((_, at) => found[at] === null)
  if (missing.length > 0)
    throw new AbsentError(
      `${about}: the engine does not have ${missing.join(', ')}, and hoplab pulls none: docker pull ${missing.join('; docker pull ')}; or begin the Dockerfile with ARG BASE and FROM \${BASE}, which is then hoplab's own base image, or the one that build_args.BASE or base_image of [docker] names`,
    )
  return found.flatMap((one) => one?.Id ?? [])
}
