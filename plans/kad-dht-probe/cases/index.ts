import type { TestCases } from '@hoplab/sdk'
import { upkeep } from './upkeep.ts'
import { values } from './values.ts'

/** The cases of plan `kad-dht-probe` by the names in its manifest. */
export const cases: TestCases = { upkeep, values }
