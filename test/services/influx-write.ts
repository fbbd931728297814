// Writes points and waits to be killed: node influx-write.ts URL FOLDER COUNT.
import { influxAddress } from '../../collectors/influx/address.ts'
import { openWriter } from '../../collectors/influx/writer.ts'
import { madePoints } from './influx-points.ts'

const [, , url = '', bufferFolder = '', count = ''] = process.argv
const writer = await openWriter(influxAddress(url, ''), { bufferFolder })
await writer.write(madePoints(0, Number(count)))
console.log('written')
setInterval(() => {}, 1000)
