// Draws every figure from made-up runs on one page and photographs it: node --conditions=hoplab-source --import tsx test/kernel-lib/figures/contact-sheet.ts FOLDER [NAME…]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { display, type Figure } from '../../../kernel-lib/figures/figure/figure.ts'
import { figuresOf } from './examples.ts'
import { madeRun } from './made-run.ts'

const [folder = 'runs/contact-sheet', ...names] = process.argv.slice(2)
const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Figures</title><style>:root{color-scheme:light dark;--hoplab-paper:Canvas}body{font:16px/1.5 system-ui;max-width:960px;margin:0 auto;padding:16px}</style>${body}</html>`

async function photograph(name: string, figures: readonly Figure[]): Promise<void> {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, page(figures.map((figure) => figure[display]()['text/html']).join('\n')))
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  for (const scheme of ['light', 'dark'] as const)
    for (const width of [960, 360]) {
      const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: scheme })
      await tab.goto(pathToFileURL(file).href)
      await tab.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`), fullPage: true })
      await tab.close()
    }
  await browser.close()
}

mkdirSync(folder, { recursive: true })
for (const nodes of [40, 200]) {
  const options = {
    nodes,
    k: nodes === 40 ? 8 : 5,
    known: nodes === 40 ? 0.5 : 0.25,
    lookupsPerNode: nodes === 40 ? 10 : 4,
  }
  const other = madeRun({ ...options, known: options.known * 1.4, seed: 8, run: '01MADEUPOTHER0000000000000' })
  const all = await figuresOf(madeRun(options), other)
  const chosen = all.filter((figure) => names.length === 0 || names.some((name) => figure.id.startsWith(name)))
  for (const figure of chosen)
    writeFileSync(join(folder, `${figure.id}.svg`), String(figure[display]()['image/svg+xml']))
  for (let i = 0; i < chosen.length; i += 3) await photograph(`${nodes}-${i / 3 + 1}`, chosen.slice(i, i + 3))
}
