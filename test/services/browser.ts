import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './needs.ts'

/** Ways in which a reader may look at a page. */
export const looks = [
  { name: 'desktop-light', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 360, height: 740, colorScheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, colorScheme: 'dark' },
] as const

/** What a browser found wrong with a page: console errors, requests elsewhere, sideways scroll, findings of axe. */
export interface Findings {
  readonly console: readonly string[]
  readonly requests: readonly string[]
  readonly sidewaysPx: number
  readonly axe: readonly string[]
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] })

/** Opens a file in one look and tells what is wrong; `see` may look closer or take a picture. */
export async function inspect(
  browser: Browser,
  path: string,
  { look, see = async () => {} }: { look: (typeof looks)[number]; see?: (page: Page) => Promise<void> },
): Promise<Findings> {
  const context = await browser.newContext({ viewport: look, colorScheme: look.colorScheme, bypassCSP: true })
  const page = await context.newPage()
  const messages: string[] = []
  const requests: string[] = []
  page.on('console', (message) => message.type() === 'error' && messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || requests.push(request.url()))
  await page.goto(pathToFileURL(path).href)
  const sidewaysPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  await see(page)
  await page.addScriptTag({
    content: readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
  })
  const axe = await page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe
    interface Violation {
      readonly id: string
      readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
    }
    const { violations } = await runner.run()
    return violations.map(
      (found) =>
        `${found.id}: ${found.nodes
          .slice(0, 3)
          .map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)
          .join('; ')}`,
    )
  })
  await context.close()
  return { console: messages, requests, sidewaysPx, axe }
}
