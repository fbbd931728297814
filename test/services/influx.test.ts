import { influxFacts } from './influx-facts.ts'
import { influx16, influx18 } from './needs.ts'

influxFacts('influxdb-1.6', { need: influx16, writes: 'v1', hasFlux: false })
influxFacts('influxdb-1.8', { need: influx18, writes: 'v2', hasFlux: true })
