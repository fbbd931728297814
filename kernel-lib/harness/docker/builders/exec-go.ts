import { goOrder } from '../../build/go/order.ts'
import { goProgram } from '../../build/go/program.ts'
import { speaksRedis } from '../../build/go/sdk.ts'
import { imageOf } from '../image/archive.ts'
import { surroundings } from '../image/base.ts'
import { ensureImage } from '../image/ensure.ts'
import { layerOf } from '../image/layer.ts'
import type { Entry } from '../image/tar.ts'
import { type Builder, imageName, type Order } from './builder.ts'

const programPath = '/app/program'

/** What is taken of a Go plan's settings; others say how Testground makes an image with a Go toolchain in it, and here there is none. */
const taken = ['module_path', 'exec_pkg', 'modfile', 'fresh_gomod', 'redis', 'enabled', 'go_version']

/** Packs the program that Go makes of a plan, and beside it what programs without a system look for: certificates, users, scratch folders. */
export const execGo: Builder = {
  selects: true,
  refuse({ plan, build }) {
    const found = goOrder(plan.folder, build)
    return 'refused' in found ? found.refused : []
  },
  async build(order, { engine, signal, onNotice }) {
    const { plan, build } = order
    const passedOver = passedOverBy(order)
    if (passedOver.length > 0) onNotice(`builder ${build.builder} passes over its settings ${passedOver.join(', ')}`)
    const { file, sdk } = await goProgram(build, { plan, signal, onNotice })
    const program: Entry = { kind: 'copy', path: programPath, mode: 0o755, from: file }
    const layer = await layerOf([program, ...surroundings()])
    const image = await ensureImage(engine, imageOf(imageName(plan), [layer], [programPath]))
    const { redis } = build.config
    return { ...image, sdk, redis: typeof redis === 'boolean' ? redis : speaksRedis(sdk) }
  },
}

function passedOverBy({ build }: Order): readonly string[] {
  return Object.keys(build.config).filter((name) => !taken.includes(name))
}
