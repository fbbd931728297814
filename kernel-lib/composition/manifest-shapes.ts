import { type LinkPart, linkParts } from './manifest.ts'
import type { Problem } from './problems.ts'
import type { Reader } from './reader.ts'

/** Reads `shapes`: what of a link the plan's program shapes itself; nothing where the manifest is silent. */
export function readShapes(read: Reader, problems: Problem[]): readonly LinkPart[] {
  const given = read.texts('shapes') ?? []
  for (const name of given)
    if (!linkParts.some((part) => part === name))
      problems.push({ where: read.where('shapes'), what: `has "${name}"; write some of ${linkParts.join(', ')}` })
  return linkParts.filter((part) => given.includes(part))
}
