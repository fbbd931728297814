import { PassThrough } from 'node:stream'
import { cutWhenOver } from '../../../../kernel-lib/harness/docker/network/cut.ts'
import { describe } from '../../../suite.ts'

describe('lines of containers', (test) => {
  test('are over when they are closed, also where the connection to the engine was lost', async () => {
    const [closed, lost, gone] = [new PassThrough(), new PassThrough(), new PassThrough()]
    gone.destroy()
    const over = cutWhenOver([closed, lost, gone], [])
    lost.on('error', () => {}).destroy(new Error('read ECONNRESET'))
    closed.destroy()
    await over
  })
})
