import * as assert from 'uvu/assert'
import { seededRandom } from '../../../../plans/sdk/index.ts'
import { describe } from '../../../suite.ts'
import { hear, smallNetwork } from './small-network.ts'

const mebi = 1 << 20

describe('a simulated stream', (test) => {
  test('carries bytes in order, whatever the latencies, none lost and none doubled', async () => {
    const random = seededRandom(1, 'latencies')
    let isRough = false
    const net = smallNetwork({
      latencyMs: () => random.integer(100),
      lossMs: () => (isRough && random.integer(4) === 0 ? 200 : 0),
    })
    const [near, far] = await net.pair()
    isRough = true
    const sent: Buffer[] = []
    for (let at = 0; at < 200; at++) {
      const bytes = Buffer.from(random.bytes(1 + random.integer(200_000)))
      sent.push(bytes)
      near.stream.send(bytes)
      if (random.integer(3) > 0) await net.until(net.time.nowMs + random.integer(30))
    }
    await net.until(net.time.nowMs + 10_000)
    assert.ok(far.bytes().equals(Buffer.concat(sent)))
    assert.equal(
      near.heard.filter((text) => !text.startsWith('drain')),
      [],
    )
  })

  test('sends what is given at one moment together, and bytes as they were when they were given', async () => {
    const net = smallNetwork()
    const [near, far] = await net.pair()
    const bytes = Buffer.from('abc')
    near.stream.send(bytes)
    bytes.fill('x')
    near.stream.send(Buffer.from('def'))
    near.stream.send(Buffer.alloc(0))
    await net.until(1100)
    assert.equal(far.heard, ['data 6 at 1010'])
    assert.is(String(far.bytes()), 'abcdef')
  })

  test('gives the end of both after the data, and nothing afterwards', async () => {
    const net = smallNetwork()
    const [near, far] = await net.pair()
    near.stream.send(Buffer.from('last words'))
    near.stream.close()
    assert.is(near.stream.send(Buffer.from('too late')), false)
    near.stream.close()
    near.stream.reset()
    await net.until(1100)
    assert.equal(far.heard, ['data 10 at 1010', 'ended at 1010'])
    assert.equal(near.heard, [])
    assert.is(far.stream.send(Buffer.from('nobody hears')), false)
    await net.until(1200)
    assert.equal(near.heard, [])
    assert.is(net.hosts[0]?.ends.size, 0)
    assert.is(net.hosts[1]?.ends.size, 0)
  })

  test('drops what waits when it is reset, and the other end hears of it', async () => {
    const net = smallNetwork()
    const [near, far] = await net.pair()
    near.stream.send(Buffer.from('never sent'))
    near.stream.reset()
    await net.until(1100)
    assert.equal(far.heard, ['failed ECONNRESET at 1010'])
    assert.equal(net.log.slice(-1), ['reset 10.0.0.1 10.0.0.2'])
  })

  test('answers data for an end that is closed with a reset', async () => {
    const net = smallNetwork()
    const [near, far] = await net.pair()
    far.stream.pause()
    far.stream.close()
    near.stream.send(Buffer.from('crosses the end'))
    await net.until(1100)
    assert.equal(near.heard, ['ended at 1010'])
    const [one, other] = await net.pair()
    const startMs = net.time.nowMs
    net.hosts[1]?.ends.forEach((end) => void end.vanish())
    one.stream.send(Buffer.from('is nobody there?'))
    await net.until(startMs + 100)
    assert.equal(one.heard, [`failed ECONNRESET at ${startMs + 20}`])
    assert.equal(other.heard, [])
  })

  test('keeps what arrives until somebody opens it, and holds it back while paused', async () => {
    const net = smallNetwork()
    let far: Parameters<typeof hear>[0] | undefined
    net.nets[1]?.listen(7, (stream) => {
      far = stream
    })
    const dialed = net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal: new AbortController().signal })
    await net.until(100)
    const near = await dialed
    near?.send(Buffer.from('early'))
    await net.until(200)
    if (far === undefined) throw new Error('nobody came')
    const end = hear(far, net.time)
    assert.equal(end.heard, ['data 5 at 200'])
    far.pause()
    near?.send(Buffer.from('held'))
    near?.close()
    await net.until(300)
    assert.is(end.heard.length, 1)
    far.resume()
    assert.equal(end.heard.slice(1), ['data 4 at 300', 'ended at 300'])
  })

  test('that was reset before it is opened says so when it is', async () => {
    const net = smallNetwork()
    let far: Parameters<typeof hear>[0] | undefined
    net.nets[1]?.listen(7, (stream) => {
      far = stream
    })
    const dialed = net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal: new AbortController().signal })
    await net.until(100)
    ;(await dialed)?.reset()
    await net.until(200)
    if (far === undefined) throw new Error('nobody came')
    const end = hear(far, net.time)
    await net.until(201)
    assert.equal(end.heard, ['failed ECONNRESET at 200'])
  })
})

describe('a host’s link', (test) => {
  const bandwidthBps = (): number => 8_000_000

  test('is shared by all connections of the host, and by none of another', async () => {
    const net = smallNetwork({ bandwidthBps })
    const [toSecond, atSecond] = await net.pair(0, 1)
    const [toThird, atThird] = await net.pair(0, 2)
    const [fromSecond, atFirst] = await net.pair(1, 0)
    const startMs = net.time.nowMs
    for (const { stream } of [toSecond, toThird, fromSecond]) stream.send(Buffer.alloc(50_000))
    await net.until(startMs + 1000)
    assert.equal(atSecond.heard, [`data 50000 at ${startMs + 60}`])
    assert.equal(atThird.heard, [`data 50000 at ${startMs + 110}`])
    assert.equal(atFirst.heard, [`data 50000 at ${startMs + 60}`])
  })

  test('carries as many bytes a second as it should', async () => {
    const net = smallNetwork({ bandwidthBps })
    const [near, far] = await net.pair()
    const startMs = net.time.nowMs
    for (let at = 0; at < 5; at++) near.stream.send(Buffer.alloc(200_000))
    await net.until(startMs + 1009)
    assert.ok(far.bytes().length < 1_000_000)
    await net.until(startMs + 1010)
    assert.is(far.bytes().length, 1_000_000)
  })

  test('has a sender wait when more than a mebibyte is on its way, until that is less', async () => {
    const net = smallNetwork({ bandwidthBps })
    const [near, far] = await net.pair()
    const startMs = net.time.nowMs
    assert.is(near.stream.send(Buffer.alloc(mebi)), true)
    assert.is(near.stream.send(Buffer.alloc(1)), false)
    await net.until(startMs + 85)
    assert.equal(near.heard, [])
    await net.until(startMs + 2000)
    assert.equal(near.heard, [`drain at ${startMs + 65.536 + 20}`])
    assert.is(far.bytes().length, mebi + 1)
    assert.is(near.stream.send(Buffer.alloc(10)), true)
  })

  test('has a sender wait for a reader that does not read', async () => {
    const net = smallNetwork()
    const [near, far] = await net.pair()
    far.stream.pause()
    near.stream.send(Buffer.alloc(mebi))
    assert.is(near.stream.send(Buffer.alloc(1)), false)
    await net.until(60_000)
    assert.equal(near.heard, [])
    far.stream.resume()
    await net.until(60_100)
    assert.equal(near.heard, ['drain at 60010'])
    assert.is(far.bytes().length, mebi + 1)
  })
})

describe('a path that is cut', (test) => {
  test('delivers after it heals all that was sent, once and in order', async () => {
    let isCut = false
    const net = smallNetwork({ isCut: () => isCut })
    const [near, far] = await net.pair()
    const text = 'abcdefghijklmnopqrstuvwxyz'
    for (const [at, letter] of [...text].entries()) {
      near.stream.send(Buffer.from(letter))
      await net.until(1000 + (at + 1) * 100)
      if (at === 4) isCut = true
      if (at === 15) isCut = false
    }
    near.stream.close()
    await net.until(60_000)
    assert.is(String(far.bytes()), text)
    assert.is(far.heard.at(-1)?.startsWith('ended'), true)
    assert.equal(near.heard, [])
    const late = far.heard.findIndex((text) => Number(text.split(' at ')[1]) > 1550)
    assert.is(late, 5)
    // First tried again after 200 ms, then 400, then 800, counted from the first that did not arrive.
    assert.is(far.heard[5], 'data 14 at 2910')
  })

  test('is given up when nothing was acknowledged for 924 s, and not before', async () => {
    let isCut = false
    const net = smallNetwork({ isCut: () => isCut })
    const [near, far] = await net.pair()
    isCut = true
    near.stream.send(Buffer.from('is anybody there?'))
    await net.until(1000 + 924_599)
    assert.equal(near.heard, [])
    await net.until(1000 + 924_600)
    assert.equal(near.heard, ['failed ETIMEDOUT at 925600'])
    assert.equal(far.heard, [])
  })

  test('that heals just before is not given up', async () => {
    let isCut = false
    const net = smallNetwork({ isCut: () => isCut })
    const [near, far] = await net.pair()
    isCut = true
    near.stream.send(Buffer.from('patience'))
    await net.until(1000 + 924_000)
    isCut = false
    await net.until(1000 + 930_000)
    assert.equal(near.heard, [])
    assert.equal(far.heard, ['data 8 at 925610'])
  })
})

describe('a dial', (test) => {
  const signal = new AbortController().signal
  const codeOf = (dialed: Promise<unknown> | undefined): Promise<string> =>
    (dialed ?? Promise.reject()).then(
      () => 'connected',
      (error: Error & { code?: string }) => error.code ?? error.message,
    )

  test('takes one round trip, and the listener hears of it half a one later', async () => {
    const net = smallNetwork()
    const heard: string[] = []
    net.nets[1]?.listen(7, ({ remote }) => heard.push(`${remote.host} at ${net.time.nowMs}`))
    const dialed = net.nets[0]
      ?.dial({ host: '10.0.0.2', port: 7 }, { signal })
      .then(({ remote }) => heard.push(`${remote.host}:${remote.port} at ${net.time.nowMs}`))
    await net.until(1000)
    await dialed
    assert.equal(heard, ['10.0.0.2:7 at 20', '10.0.0.1 at 30'])
  })

  test('to a port where nobody listens is refused', async () => {
    const net = smallNetwork()
    const code = codeOf(net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal }))
    await net.until(1000)
    assert.is(await code, 'ECONNREFUSED')
    assert.equal(net.log.slice(-1), ['refused 10.0.0.1 10.0.0.2:7 ECONNREFUSED at 20'])
  })

  test('tries again after 1, 3 and 7 s, and so on, and gives up after 127 s', async () => {
    for (const [openMs, connectedMs] of [
      [500, 1020],
      [1500, 3020],
      [3500, 7020],
      [60_000, 63_020],
      [64_000, null],
    ] as const) {
      let isCut = true
      const net = smallNetwork({ isCut: () => isCut })
      net.nets[1]?.listen(7, () => {})
      let atMs = 0
      const code = codeOf(net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal })).finally(() => {
        atMs = net.time.nowMs
      })
      await net.until(openMs)
      isCut = false
      await net.until(200_000)
      assert.equal([await code, atMs], connectedMs === null ? ['ETIMEDOUT', 127_000] : ['connected', connectedMs])
    }
  })

  test('that is swallowed, or goes where nobody is, ends after 127 s', async () => {
    const net = smallNetwork({ admits: () => false })
    net.nets[1]?.listen(7, () => assert.unreachable())
    const swallowed = codeOf(net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal }))
    const lost = codeOf(net.nets[0]?.dial({ host: '10.9.9.9', port: 7 }, { signal }))
    await net.until(126_999)
    assert.is(net.log.length, 2)
    await net.until(127_000)
    assert.equal([await swallowed, await lost], ['ETIMEDOUT', 'ETIMEDOUT'])
  })

  test('tries again when its SYN or the answer is lost', async () => {
    for (const lost of [1, 2]) {
      let asked = 0
      const net = smallNetwork({ lossMs: () => (++asked === lost ? 200 : 0) })
      net.nets[1]?.listen(7, () => {})
      let atMs = 0
      const code = codeOf(net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal })).finally(() => {
        atMs = net.time.nowMs
      })
      await net.until(10_000)
      assert.equal([await code, atMs], ['connected', 1020])
    }
  })

  test('that is aborted ends at once with the reason, and connects nobody', async () => {
    const net = smallNetwork()
    net.nets[1]?.listen(7, () => assert.unreachable())
    const stop = new AbortController()
    const code = codeOf(net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal: stop.signal }))
    await net.until(15)
    stop.abort(new Error('enough'))
    assert.is(await code, 'enough')
    await net.until(1000)
    assert.equal(net.log, ['dialed 10.0.0.1 10.0.0.2:7 at 0'])
    assert.is(net.time.dueMs(), null)
    const dialed = net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal: stop.signal })
    assert.is(await codeOf(dialed), 'enough')
  })
})

describe('a listener', (test) => {
  const signal = new AbortController().signal

  test('has its port alone, or a free one', () => {
    const net = smallNetwork()
    const listener = net.nets[1]?.listen(7, () => {})
    assert.is(listener?.port, 7)
    assert.throws(
      () => net.nets[1]?.listen(7, () => {}),
      (error: Error & { code: string }) => error.code === 'EADDRINUSE',
    )
    net.nets[2]?.listen(7, () => {})
    const ports = [0, 0, 0].map((port) => net.nets[1]?.listen(port, () => {}).port)
    assert.is(new Set(ports).size, 3)
    listener?.close()
    assert.is(net.nets[1]?.listen(7, () => {}).port, 7)
    listener?.close()
    assert.throws(() => net.nets[1]?.listen(7, () => {}))
  })

  test('that closes refuses whoever is on the way, and keeps what it took', async () => {
    const net = smallNetwork()
    const [near, far] = await net.pair()
    near.stream.send(Buffer.from('still here'))
    await net.until(1100)
    assert.equal(far.heard, ['data 10 at 1010'])
    const listener = net.nets[1]?.listen(7, () => assert.unreachable())
    const early = net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal })
    await net.until(1122)
    const end = hear((await early) ?? near.stream, net.time)
    listener?.close()
    const late = net.nets[0]?.dial({ host: '10.0.0.2', port: 7 }, { signal }).catch((error) => error.code)
    await net.until(1200)
    assert.is(await late, 'ECONNREFUSED')
    assert.equal(end.heard, ['failed ECONNRESET at 1140'])
  })
})
