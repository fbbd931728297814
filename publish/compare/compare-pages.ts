import { type LastingPage, readPage } from './read-page.ts'

/** The first thing in which two pages differ. */
export interface PageDifference {
  /** Path below the pages' folders. */
  readonly file: string
  /** From 1; 0 where one page lacks the file. */
  readonly line: number
  /** What stands there in the first and in the second page, from a little before the difference; null where the page has nothing there. */
  readonly a: string | null
  readonly b: string | null
}

/** How two pages compare, their provenance left out. */
export type PagesCompared =
  | { readonly identical: true; readonly files: number }
  | { readonly identical: false; readonly firstDifference: PageDifference }

/**
 * Compares two published pages of a notebook, leaving out what a repetition may change: what is marked `data-provenance`, run ids, dates, the machine and its Node.
 *
 * @param a Folder of a page, or its index.html; `b` likewise.
 * @throws InputError where no page is there.
 */
export async function comparePages(a: string, b: string): Promise<PagesCompared> {
  const [before, after] = await Promise.all([readPage(a), readPage(b)])
  const files = [...new Set([...before.keys(), ...after.keys()])].sort()
  for (const file of files) {
    const firstDifference = differenceIn(file, before, after)
    if (firstDifference !== null) return { identical: false, firstDifference }
  }
  return { identical: true, files: files.length }
}

function differenceIn(file: string, before: LastingPage, after: LastingPage): PageDifference | null {
  const [a, b] = [before.get(file), after.get(file)]
  if (a === b) return null
  if (a === undefined || b === undefined)
    return { file, line: 0, a: a === undefined ? null : 'there', b: b === undefined ? null : 'there' }
  const [ofA, ofB] = [a.split('\n'), b.split('\n')]
  const at = ofA.findIndex((line, i) => line !== ofB[i])
  const place = at === -1 ? ofA.length : at
  return { file, line: place + 1, ...around(ofA[place] ?? null, ofB[place] ?? null) }
}

const shownBefore = 20
const shown = 80

/** The parts of two lines about the first character that differs. */
function around(a: string | null, b: string | null): Pick<PageDifference, 'a' | 'b'> {
  const [first, second] = [a ?? '', b ?? '']
  let at = 0
  while (at < first.length && first[at] === second[at]) at += 1
  const from = Math.max(0, at - shownBefore)
  return { a: a?.slice(from, from + shown) ?? null, b: b?.slice(from, from + shown) ?? null }
}
