import { type Command, common } from '../../command.ts'

const command: Command = {
  name: 'kernel',
  summary: 'makes the TypeScript kernel known to Jupyter, without root or Python',
  usage: 'install | uninstall | list',
  options: {
    user: { type: 'boolean', about: 'for this user (default)' },
    prefix: { type: 'string', value: 'DIR', about: 'below DIR/share/jupyter, as of a Python environment' },
    json: common.json,
  },
  examples: [
    { line: 'hoplab kernel install', about: 'for this user; then: jupyter lab notebooks' },
    { line: 'hoplab kernel install --prefix .venv', about: 'for the Python environment in .venv' },
    { line: 'hoplab kernel list', about: 'kernels that Jupyter finds, and whether what they start is there' },
  ],
  async run({ positionals, values, out }) {
    const { InputError } = await import('../../errors.ts')
    const { installKernel, kernelsFolder, listKernels, uninstallKernel } = await import('../jupyter/kernelspec.ts')
    const [verb, ...more] = positionals
    const known = ['install', 'uninstall', 'list']
    if (verb === undefined || !known.includes(verb) || more.length > 0)
      throw new InputError(`hoplab kernel ${positionals.join(' ')}: write hoplab kernel ${known.join(' | ')}`)
    if (values.user && values.prefix !== undefined)
      throw new InputError('--user and --prefix: write one of them, they name different folders')
    const prefix = typeof values.prefix === 'string' ? values.prefix : null
    const folder = kernelsFolder(prefix)
    if (verb === 'list') {
      const kernels = await listKernels(prefix === null ? undefined : [folder])
      if (values.json) out(JSON.stringify({ schema: 'hoplab/kernels/1', kernels }))
      for (const { name, displayName, folder, missing } of values.json ? [] : kernels)
        out(`${name}   ${displayName}   ${folder}${missing.length > 0 ? `   missing: ${missing.join(', ')}` : ''}`)
      if (!values.json && kernels.length === 0) out('none; hoplab kernel install makes one')
      return 0
    }
    const done = verb === 'install' ? await installKernel(folder) : await uninstallKernel(folder)
    if (values.json) out(JSON.stringify({ schema: 'hoplab/kernel/1', [`${verb}ed`]: done }))
    else out(done === null ? `nothing to remove in ${folder}` : `${verb}ed: ${done}`)
    return 0
  },
}

export default command
