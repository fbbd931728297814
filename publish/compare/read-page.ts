import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError, type RunRecord } from 'hoplab'
import type { PageEntry } from '../render/index-page.ts'
import { lastingOf } from './of-record.ts'
import { withoutIds, withoutProvenance } from './without-provenance.ts'

/** What of a page a repetition must not change: text by path below the page's folder. */
export type LastingPage = ReadonlyMap<string, string>

/**
 * Reads a published page without its provenance: its HTML, its figures' data, its models, and its runs' records. The executed notebook is left
 * out, for the page shows what its cells gave.
 *
 * @param path The page's folder, or its index.html.
 * @throws InputError where no page is there.
 */
export async function readPage(path: string): Promise<LastingPage> {
  const folder = basename(path) === 'index.html' ? dirname(path) : path
  const entry = await readEntry(folder)
  const runs = (entry.runs ?? []).map(({ run }) => run)
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((item) => item.isFile() && !item.name.endsWith('.ipynb'))
    .map((item) => join(item.parentPath, item.name).slice(join(folder, '/').length))
  const texts = await Promise.all(
    names.map(async (name) => [name, lasting(name, await readFile(join(folder, name), 'utf8'), runs)] as const),
  )
  return new Map(texts)
}

async function readEntry(folder: string): Promise<PageEntry> {
  try {
    return JSON.parse(await readFile(join(folder, 'page.json'), 'utf8'))
  } catch {
    throw new InputError(`${folder}: is no published page; name its folder, as site/dht-lookups`)
  }
}

function lasting(name: string, text: string, runs: readonly string[]): string {
  if (name.endsWith('.html')) return withoutProvenance(text, runs)
  if (name === 'page.json') return withoutIds(pretty({ ...JSON.parse(text), date: null }), runs)
  if (/^runs[\\/]/.test(name)) return withoutIds(pretty(lastingOf(JSON.parse(text) as RunRecord)), runs)
  return withoutIds(text, runs)
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 1)
