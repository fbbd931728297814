import { isStray, preparePeerProcess } from '@hoplab/libp2p'
import { host } from '@hoplab/sdk'
import { cases } from './cases/index.ts'

preparePeerProcess()
await host(cases, { ignoreRejection: isStray })
