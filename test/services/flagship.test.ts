// time limit: 900 s
import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { readNotebook } from '../../kernel-lib/kernel/document/notebook.ts'
import { publish } from '../../publish/publish.ts'
import { build } from '../kernel-lib/kernel/notebooks.ts'
import { describe } from '../suite.ts'
import { inspect, looks, openBrowser } from './browser.ts'
import { jupyter, jupyterHome } from './jupyter.ts'
import { openLab } from './lab.ts'
import { chromium } from './needs.ts'

const notebook = resolve(import.meta.dirname, '../../notebooks/dht-lookups.ipynb')
const figureCount = 12

describe(
  'the notebook dht-lookups in Jupyter',
  (test) => {
    test('nbconvert executes it, and its page stands in every look', async () => {
      build()
      const home = await jupyterHome()
      const browser = await openBrowser()
      try {
        copyFileSync(notebook, join(home.folder, 'dht-lookups.ipynb'))
        const words = ['nbconvert', '--to', 'notebook', '--execute', '--output', 'executed.ipynb', 'dht-lookups.ipynb']
        const { code, stderr } = await home.run('jupyter', ...words)
        assert.is(code, 0, stderr)
        await readNotebook(join(home.folder, 'executed.ipynb'))
        const page = await publish(join(home.folder, 'executed.ipynb'), join(home.folder, 'site'))
        for (const look of looks) {
          let figures = 0
          const findings = await inspect(browser, page, {
            look,
            see: async (shown) => {
              figures = await shown.locator('figure.plot svg:visible').count()
            },
          })
          assert.ok(figures >= figureCount, `${look.name}: ${figures} figures`)
          assert.equal(findings, { console: [], requests: [], sidewaysPx: 0, axe: [] }, look.name)
        }
      } finally {
        await browser.close()
        home.remove()
      }
    })

    test('in JupyterLab progress moves, and every figure is seen', async () => {
      build()
      const lab = await openLab(notebook)
      try {
        const cards = new Set<string>()
        const card = lab.page.locator('.jp-OutputArea-output', { hasText: 'get-closest-peers' }).first()
        await lab.runAll(async () => {
          if ((await card.count()) > 0) cards.add((await card.textContent()) ?? '')
        })
        assert.ok(cards.size >= 4, `the card said ${[...cards].join(' | ')}`)
        const figures = lab.page.locator('.jp-OutputArea-output').filter({ has: lab.page.locator('svg, img') })
        await figures.nth(figureCount - 1).waitFor({ timeout: 20_000 })
        assert.ok((await figures.count()) >= figureCount, `${await figures.count()} figures`)
        assert.is(await lab.page.locator('[data-mime-type="application/vnd.jupyter.error"]').count(), 0)
        assert.equal(lab.outside, [])
        if (process.env.HOPLAB_SCREENSHOTS) {
          mkdirSync(process.env.HOPLAB_SCREENSHOTS, { recursive: true })
          await lab.page.screenshot({ path: join(process.env.HOPLAB_SCREENSHOTS, 'flagship.png') })
        }
      } finally {
        await lab.close()
      }
    })
  },
  [jupyter, chromium],
)
