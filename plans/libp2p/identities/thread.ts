import { parentPort, workerData } from 'node:worker_threads'
import type { Share } from './share.ts'
import { deriveSteps } from './steps.ts'

deriveSteps(workerData as Share, (count) => parentPort?.postMessage(count))
