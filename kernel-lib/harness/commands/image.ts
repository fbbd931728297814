import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'image',
  summary: "makes the image that runner docker begins with: this machine's own Node",
  usage: 'base',
  options: { json: common.json },
  examples: [
    {
      line: 'hoplab image base',
      about: 'the part that plans share; a run with --runner docker makes it where it is missing',
    },
  ],
  async run({ positionals, values, out }) {
    const [{ InputError, AbsentError }, { baseImage }, { check }, { openEngine }] = await Promise.all([
      import('../../errors.ts'),
      import('../docker/image/ensure.ts'),
      import('../docker/check.ts'),
      import('../docker/engine.ts'),
    ])
    if (positionals.length !== 1 || positionals[0] !== 'base')
      throw new InputError(`hoplab image: ${positionals.join(' ') || 'no word'}; write hoplab image base`)
    const missing = await check()
    if (missing.length > 0)
      throw new AbsentError(missing.map((one) => `docker needs ${one.missing}: ${one.fix}`).join('\n'))
    const { tag, id, digest, built, sizeBytes } = await baseImage(openEngine())
    if (values.json) out(JSON.stringify({ schema: 'hoplab/image/1', tag, id, digest, built, sizeBytes }))
    else out(`${tag}  ${Math.round(sizeBytes / 1e6)} MB  ${built ? 'made' : 'was there already'}`)
    return 0
  },
}

export default command
