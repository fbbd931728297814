import type { Command, Invocation } from 'hoplab'
import { common } from 'hoplab/command.ts'

const command: Command = {
  name: 'services',
  summary: 'starts an S3 server, InfluxDB, Redis and Grafana in Docker, for this machine',
  usage: 'up [SERVICE...] | down | status',
  options: {
    image: {
      type: 'string',
      multiple: true,
      value: 'SERVICE=IMAGE',
      about: 'with up: another image than the pinned one, also HOPLAB_IMAGE_S3, …; kept; may stand more than once',
    },
    wait: { type: 'string', value: 'SECONDS', about: 'with up: how long they may take to answer (default: 120)' },
    volumes: { type: 'boolean', about: 'with down: removes their data and credentials too' },
    folder: {
      type: 'string',
      value: 'DIR',
      about: 'private folder of their settings (default: ~/.local/share/hoplab/services)',
    },
    json: common.json,
  },
  examples: [
    { line: 'hoplab services up', about: 'all four, on ports of 127.0.0.1; says how other commands use them' },
    { line: 'hoplab services up s3 influxdb redis', about: 'these' },
    { line: 'hoplab services status', about: 'address, version and health of each; exit code 1 where one is ill' },
    { line: 'hoplab services down', about: 'ends them; data stay for the next up' },
  ],
  async run(invocation) {
    const { InputError } = await import('hoplab')
    const [verb, ...words] = invocation.positionals
    const { folder } = invocation.values
    const { servicesFolder } = await import('../services/settings.ts')
    const where = servicesFolder(typeof folder === 'string' ? folder : undefined)
    if (verb === 'up') return told(runUp(words, where, invocation), invocation)
    if (words.length === 0 && verb === 'down') return told(runDown(where, invocation), invocation)
    if (words.length === 0 && verb === 'status') return runStatus(where, invocation)
    throw new InputError('hoplab services: write up, with or without names of services, or down, or status')
  },
}

/** The exit code 1 of services that fail, with the reason. */
async function told(work: Promise<number>, { err }: Invocation): Promise<number> {
  const { ServiceError } = await import('../services/service-error.ts')
  return work.catch((error) => {
    if (!(error instanceof ServiceError)) throw error
    err(error.message)
    return 1
  })
}

async function runUp(words: readonly string[], folder: string, invocation: Invocation): Promise<number> {
  const { InputError } = await import('hoplab')
  const [{ up }, { servicesOf }, { givenImages }, { writeDashboards }] = await Promise.all([
    import('../services/up.ts'),
    import('../services/names.ts'),
    import('../services/images.ts'),
    import('../services/dashboards.ts'),
  ])
  const { image = [], wait = '120' } = invocation.values
  if (!/^\d+$/.test(String(wait))) throw new InputError(`--wait ${wait}: write a whole number of seconds`)
  const { err, signal } = invocation
  await up({
    names: servicesOf(words),
    folder,
    images: givenImages([image].flat().map(String)),
    withinMs: Number(wait) * 1000,
    dashboards: (to) => writeDashboards(to, invocation),
    tell: err,
    signal,
  })
  return runStatus(folder, invocation)
}

async function runStatus(folder: string, { values, out }: Invocation): Promise<number> {
  const [{ statusOf }, { statusLines }] = await Promise.all([
    import('../services/status.ts'),
    import('../services/print.ts'),
  ])
  const status = await statusOf(folder)
  if (values.json === true) out(JSON.stringify(status ?? { schema: 'hoplab/services/1', folder, services: [] }))
  else for (const line of statusLines(status, folder)) out(line)
  const started = status?.services.filter(({ state }) => state !== 'absent') ?? []
  return started.length > 0 && started.every(({ state }) => state === 'healthy') ? 0 : 1
}

async function runDown(folder: string, { values, out, err, signal }: Invocation): Promise<number> {
  const { down } = await import('../services/down.ts')
  const went = await down({ folder, volumes: values.volumes === true, tell: err, signal })
  if (values.json === true) out(JSON.stringify(went))
  else out(went.ended.length === 0 ? `no service of ${folder} was up` : `ended: ${went.ended.join(', ')}`)
  return 0
}

export default command
