// time limit: 240 s
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { display, type Figure } from '../../../kernel-lib/figures/figure/figure.ts'
import { inspect, looks, openBrowser } from '../../services/browser.ts'
import { chromium } from '../../services/needs.ts'
import { describe } from '../../suite.ts'
import { figuresOf } from './examples.ts'
import { hostileRun } from './hostile.ts'
import { madeRun } from './made-run.ts'

/** What a browser finds wrong with the labels of a page's figures: cut off, or over one another. Runs in the page. */
function faults(): string[] {
  const found: string[] = []
  for (const svg of document.querySelectorAll('figure > svg')) {
    const frame = svg.getBoundingClientRect()
    const labels = [...svg.querySelectorAll('text')]
      .map((text) => ({ text: text.textContent ?? '', box: text.getBoundingClientRect() }))
      .filter(({ box, text }) => box.width > 0 && text !== '●')
    for (const { text, box } of labels)
      if (
        box.left < frame.left - 1.5 ||
        box.right > frame.right + 1.5 ||
        box.top < frame.top - 1.5 ||
        box.bottom > frame.bottom + 1.5
      )
        found.push(`${svg.id}: "${text}" is cut off`)
    for (const [i, a] of labels.entries())
      for (const b of labels.slice(i + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        if (across > 2 && down > 4) found.push(`${svg.id}: "${a.text}" over "${b.text}"`)
      }
  }
  return found
}

/** The smallest text of a page's figures as seen, px. Runs in the page. */
function smallest(): number {
  const sizes = [...document.querySelectorAll('figure > svg text')]
    .filter((text) => text.getBoundingClientRect().width > 0)
    .map((text) => {
      const svg = text.closest('figure > svg') as SVGSVGElement
      const matrix = (text as SVGTextElement).getScreenCTM()
      return svg ? Number.parseFloat(getComputedStyle(text).fontSize) * (matrix?.a ?? 1) : Number.POSITIVE_INFINITY
    })
  return Math.min(...sizes)
}

const page = (figures: readonly Figure[]) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Figures</title><style>:root{color-scheme:light dark}body{margin:16px}.x svg{display:block;max-width:100%;height:auto}</style><main class="x"><h1>Figures</h1>${figures.map((figure) => String(figure[display]()['text/html'])).join('')}</main></html>`

const small = { nodes: 14, k: 4, known: 0.5, lookupsPerNode: 2 }
const sizes = [
  small,
  { nodes: 40, k: 8, known: 0.5, lookupsPerNode: 10 },
  { nodes: 200, k: 5, known: 0.25, lookupsPerNode: 4 },
]

describe(
  'figures in a browser',
  (test) => {
    for (const options of sizes)
      test(`no label is cut off or over another: ${options.nodes} nodes`, async () => {
        const figures = await figuresOf(madeRun(options), madeRun({ ...options, seed: 8, known: options.known * 1.4 }))
        const browser = await openBrowser()
        const wrong: string[] = []
        for (const width of [960, 360]) {
          const tab = await browser.newPage({ viewport: { width, height: 800 } })
          await tab.setContent(page(figures))
          for (const fault of await tab.evaluate(faults)) wrong.push(`${width} px: ${fault}`)

          assert.ok((await tab.evaluate(smallest)) >= 9, `text under 9 px at ${width} px`)
        }
        const files = await browser.newPage({ viewport: { width: 960, height: 800 } })
        await files.setContent(
          figures.map((figure) => `<figure>${figure[display]()['image/svg+xml']}</figure>`).join(''),
        )
        for (const fault of await files.evaluate(faults)) wrong.push(`file: ${fault}`)
        await browser.close()
        assert.equal(wrong, [])
      })

    for (const look of looks)
      test(`axe finds nothing, and nothing scrolls sideways: ${look.name}`, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'hoplab-figures-'))
        const figures = await figuresOf(madeRun(small), madeRun({ ...small, seed: 8 }))
        writeFileSync(join(folder, 'figures.html'), page(figures))
        const browser = await openBrowser()
        const findings = await inspect(browser, join(folder, 'figures.html'), { look })
        await browser.close()
        rmSync(folder, { recursive: true })
        assert.equal(findings, { console: [], requests: [], sidewaysPx: 0, axe: [] })
      })

    test('every SVG is well-formed XML and runs no script, whatever peers are called', async () => {
      const run = hostileRun(madeRun({ nodes: 14, k: 4, known: 0.5, lookupsPerNode: 3 }))
      const figures = await figuresOf(run, run)
      const browser = await openBrowser()
      const tab = await browser.newPage()
      let alerts = 0
      tab.on('dialog', (dialog) => {
        alerts++
        return dialog.dismiss()
      })
      await tab.setContent(page(figures))
      const files = figures.flatMap((figure) => [figure.svg, String(figure[display]()['image/svg+xml'])])
      const errors = await tab.evaluate(
        (all) =>
          all.flatMap(
            (file) =>
              new DOMParser().parseFromString(file, 'image/svg+xml').querySelector('parsererror')?.textContent ?? [],
          ),
        files,
      )
      await browser.close()
      assert.equal(errors, [])
      assert.is(alerts, 0)
    })
  },
  [chromium],
)
