import type { Random } from '@hoplab/sdk'
import type { Duration } from '../../../../composition/world/duration.ts'

/** A time drawn from a distribution, ms. */
export function drawMs(duration: Duration, random: Pick<Random, 'float' | 'integer'>): number {
  switch (duration.kind) {
    case 'constant':
      return duration.ms
    case 'uniform':
      return duration.fromMs + random.float() * (duration.toMs - duration.fromMs)
    case 'exponential':
      return -Math.log(1 - random.float()) * duration.meanMs
    case 'lognormal':
      return duration.medianMs * Math.exp(duration.sigma * normal(random))
    case 'weibull':
      return duration.scaleMs * (-Math.log(1 - random.float())) ** (1 / duration.shape)
    case 'recorded':
      return duration.ms[random.integer(duration.ms.length)] ?? 0
  }
}

/** A draw of the standard normal distribution (Box and Muller, 1958). */
function normal(random: Pick<Random, 'float'>): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float())
}
