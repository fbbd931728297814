import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type JupyterHome, jupyterHome } from './jupyter.ts'

/** A notebook open in JupyterLab in a headless browser. */
export interface Lab {
  readonly page: Page
  /** Requests that left this machine. */
  readonly outside: readonly string[]
  /** Runs all cells; `while running` is called again and again until the last has ended. */
  runAll(whileRunning?: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** Copies notebooks to a folder of their own, starts JupyterLab there and opens the first. */
export async function openLab(first: string, ...beside: readonly string[]): Promise<Lab> {
  const home = await jupyterHome()
  const folder = join(home.folder, 'work')
  mkdirSync(folder)
  for (const path of [first, ...beside]) copyFileSync(path, join(folder, basename(path)))
  quieten(home)
  const { server, url } = await startServer(home, folder)
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 2400 } })
  const outside: string[] = []
  page.on(
    'request',
    (request) => /^(https?|wss?):\/\/(?!127\.0\.0\.1)/.test(request.url()) && outside.push(request.url()),
  )
  await page.goto(`${url}/tree/${basename(first)}`)
  await page.locator('.jp-StatusBar-Widget, #jp-main-statusbar', { hasText: /\| Idle/ }).waitFor({ timeout: 90_000 })
  return {
    page,
    outside,
    async runAll(whileRunning = async () => {}) {
      await page.evaluate(() => {
        const { jupyterapp } = globalThis as unknown as { jupyterapp: { commands: { execute(id: string): void } } }
        jupyterapp.commands.execute('notebook:run-all-cells')
      })
      const started = Date.now()
      while ((await unfinished(page)) > 0) {
        if (Date.now() - started > 400_000) throw new Error('the notebook did not end within 400 s')
        await whileRunning()
        await delay(30)
      }
    },
    async close() {
      await browser.close()
      server.kill('SIGTERM')
      await once(server, 'exit')
      home.remove()
    },
  }
}

/** News and their pop-up would ask another host. */
function quieten(home: JupyterHome): void {
  const folder = join(home.folder, 'config', 'labconfig')
  mkdirSync(folder, { recursive: true })
  const disabledExtensions = { '@jupyterlab/apputils-extension:announcements': true }
  writeFileSync(join(folder, 'page_config.json'), JSON.stringify({ disabledExtensions }))
}

async function startServer(home: JupyterHome, folder: string): Promise<{ server: ChildProcess; url: string }> {
  const server = home.start(
    'jupyter-lab',
    ...['--no-browser', '--allow-root', '--ip=127.0.0.1', '--ServerApp.port=0', '--IdentityProvider.token='],
    ...['--LabApp.expose_app_in_browser=True', `--ServerApp.root_dir=${folder}`],
  )
  const lines = createInterface(server.stderr as NodeJS.ReadableStream)
  const log: string[] = []
  for await (const line of lines) {
    log.push(line)
    const url = /(http:\/\/127\.0\.0\.1:\d+\/lab)/.exec(line)?.[1]
    if (url === undefined) continue
    // Read on, so that the server never waits for its log to be read.
    server.stderr?.resume()
    return { server, url }
  }
  throw new Error(`jupyter-lab did not start:\n${log.join('\n')}`)
}

/** Code cells with source that have no execution count yet, or `*` while they run. */
function unfinished(page: Page): Promise<number> {
  return page.evaluate(() => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(
      (prompt) => prompt.textContent ?? '',
    )
    return prompts.filter((text) => !/\[\d+\]/.test(text)).length
  })
}
