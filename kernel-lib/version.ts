import { createRequire } from 'node:module'

/** Version of this package. */
export function hoplabVersion(): string {
  return createRequire(import.meta.url)('hoplab/package.json').version
}
