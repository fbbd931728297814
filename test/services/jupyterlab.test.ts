// time limit: 300 s
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { build, fixtures } from '../kernel-lib/kernel/notebooks.ts'
import { describe } from '../suite.ts'
import { jupyter } from './jupyter.ts'
import { openLab } from './lab.ts'
import { chromium } from './needs.ts'

describe(
  'the kernel in JupyterLab',
  (test) => {
    test('progress moves, figures are seen, and nothing is asked of another host', async () => {
      build()
      const lab = await openLab(join(fixtures, 'live.ipynb'))
      const { page } = lab
      try {
        const steps = new Set<string>()
        await lab.runAll(async () => {
          for (const text of await page.locator('#step').allTextContents()) steps.add(text)
        })
        assert.ok(steps.size >= 4, `saw ${[...steps].join(', ')}`)
        assert.is(await page.locator('#step').textContent(), '10 of 10')
        for (const figure of ['.jp-RenderedSVG', '#html-figure svg circle', '.vega-embed'])
          await page.locator(figure).first().waitFor({ timeout: 20_000 })
        assert.is(await page.locator('.jp-RenderedText[data-mime-type="application/vnd.jupyter.error"]').count(), 0)
        const lines = await page.locator('.jp-OutputArea-output', { hasText: 'line 1999' }).first().textContent()
        assert.match(lines ?? '', /line 0\n/)
        assert.equal(lab.outside, [])
        if (process.env.HOPLAB_SCREENSHOTS) {
          mkdirSync(process.env.HOPLAB_SCREENSHOTS, { recursive: true })
          await page.screenshot({ path: join(process.env.HOPLAB_SCREENSHOTS, 'jupyterlab.png') })
        }
      } finally {
        await lab.close()
      }
    })
  },
  [jupyter, chromium],
)
