// Writes points at a pace, then kills itself without closing anything: node influx-pace.ts URL FOLDER FROM COUNT PER-SECOND.
import { influxAddress } from '../../collectors/influx/address.ts'
import { openWriter } from '../../collectors/influx/writer.ts'
import { madePoints } from './influx-points.ts'

const [, , url = '', bufferFolder = '', ...numbers] = process.argv
const [from = 0, count = 0, perSecond = 0] = numbers.map(Number)
const writer = await openWriter(influxAddress(url, ''), { bufferFolder })
const started = performance.now()
const batch = 500
for (let written = 0; written < count; written += batch) {
  await writer.write(madePoints(from + written, Math.min(batch, count - written)))
  const dueMs = ((written + batch) / perSecond) * 1000
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - (performance.now() - started))))
}
const seconds = (performance.now() - started) / 1000
const { rss } = process.memoryUsage()
const { taken, waitingBytes } = writer.shipped()
process.stdout.write(
  `${count} points written in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s, ${taken} of them sent, ${waitingBytes} bytes wait, ${Math.round(rss / 1e6)} MB`,
  () => process.kill(process.pid, 'SIGKILL'),
)
