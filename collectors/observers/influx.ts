import type { OpenObserver } from 'hoplab/run/observers.ts'
import { observeInflux } from '../influx/observe.ts'

const open: OpenObserver = observeInflux

export default open
