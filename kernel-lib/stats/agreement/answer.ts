import { type Answer, showing } from '../showing.ts'
import type { Agreement, Difference } from './agreement.ts'
import { differenceInWords } from './words.ts'

/** Says in one sentence whether a simulation agrees with processes: in what no difference is seen and how large one could hide, in what there is one, and how much longer lookups take on processes. */
export function answerAgreement(study: Agreement): Answer {
  const { differences, nodes, seeds, lookups, outcomes } = study
  const untimed = differences.filter(({ timed }) => !timed)
  const told = untimed.filter(({ holdsZero }) => holdsZero !== null)
  const basis = `${nodes} nodes, ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}, ${lookups.simulated} simulated and ${lookups.real} real lookups, ${lookups.failed} failed${outcomes.length > 0 ? `, ${outcomes.length} runs did not succeed: ${[...new Set(outcomes)].join(', ')}` : ''}`
  const [hops, requests] = ['D4', 'D7'].map((wanted) => told.find(({ entry }) => entry === wanted))
  if (hops === undefined || requests === undefined)
    return showing({
      schema: 'hoplab/answer/1',
      text: `Unknown: there is no interval of the difference in hops or in requests (${basis}).`,
      unknown: true,
    })
  const differing = told.filter(({ holdsZero }) => !holdsZero)
  const head =
    differing.length === 0
      ? `No difference is seen in any of ${told.length} statistics that no processor slows down`
      : `No difference is seen in ${told.length - differing.length} of ${told.length} statistics that no processor slows down; they differ in ${differing.map(named).join(', and in ')}`
  const sizes = [hops, requests].map((each) => amount(each, each === hops))
  const rest = untimed.length > told.length ? `, ${untimed.length - told.length} more cannot be told` : ''
  const text = `${head}${rest}: processes less simulation, ${sizes.join(', ')}${latencyWords(study)} (${basis}).`
  return showing({ schema: 'hoplab/answer/1', text, unknown: false })
}

const named = (each: Difference) =>
  `${each.name}, by ${differenceInWords(each)} ${each.unit === 'share' ? '' : each.unit}`.trim()

function amount(each: Difference, first: boolean): string {
  const level = first ? differenceInWords(each).replace('(', '(95 % ') : differenceInWords(each)
  return `${level} ${each.unit === 'messages' ? 'requests' : each.unit}`
}

function latencyWords({ differences, roundTripMs }: Agreement): string {
  const mean = differences.find(({ timed }) => timed)
  const { estimate, interval } = mean?.difference ?? { estimate: null, interval: null }
  if (!mean || estimate === null || interval === null || mean.simulated === null) return ''
  const ms = (trips: number) => (trips * roundTripMs).toFixed(0).replace('-', '−')
  return `; lookups take ${ms(estimate)} ms (${ms(interval.low)} to ${ms(interval.high)}, ${((100 * estimate) / mean.simulated).toFixed(0)} %) longer on processes`
}
