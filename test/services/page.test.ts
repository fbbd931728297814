import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { publish } from '../../publish/publish.ts'
import { notebook } from '../publish/executed.ts'
import { describe } from '../suite.ts'
import { inspect, looks, openBrowser } from './browser.ts'
import { chromium } from './needs.ts'

describe(
  'a page in a browser',
  (test) => {
    for (const look of looks)
      test(`shows without a fault: ${look.name}`, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'hoplab-page-'))
        writeFileSync(join(folder, 'far.ipynb'), JSON.stringify(notebook()))
        const path = await publish(join(folder, 'far.ipynb'), join(folder, 'site'))
        const browser = await openBrowser()
        let figures = 0
        const findings = await inspect(browser, path, {
          look,
          see: async (page) => {
            figures = await page.locator('figure svg').count()
            await page.keyboard.press('c')
            assert.is(await page.locator('details.code[open]').count(), await page.locator('details.code').count())
          },
        })
        await browser.close()
        assert.is(figures, 1)
        assert.equal(findings, { console: [], requests: [], sidewaysPx: 0, axe: [] })
      })
  },
  [chromium],
)
