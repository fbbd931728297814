export { type Cell, display, type Figure } from './figure.ts'
export { drawHopDistribution, type HopData } from './hop-distribution.ts'
export { type CurvePoint, drawLatencyEcdf, type LatencyData, type LatencySeries } from './latency-ecdf.ts'
