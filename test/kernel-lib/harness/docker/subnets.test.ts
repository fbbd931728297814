import * as assert from 'uvu/assert'
import {
  addressIn,
  controlCandidates,
  dataCandidates,
  firstFree,
  gatewayIn,
  rangeOf,
} from '../../../../kernel-lib/harness/docker/network/subnets.ts'
import { routeRanges } from '../../../../kernel-lib/harness/docker/network/taken.ts'
import { describe } from '../../../suite.ts'

const ranges = (...subnets: string[]) => subnets.flatMap((subnet) => rangeOf(subnet) ?? [])

describe('subnets of runs', (test) => {
  test('are read as ranges, wherever in them the address stands', () => {
    assert.equal(rangeOf('0.0.1.7/24'), { first: 256, last: 511 })
    assert.equal(rangeOf('255.255.255.255/32'), { first: 2 ** 32 - 1, last: 2 ** 32 - 1 })
    for (const none of ['', 'fd00::/64', '10.0.0/8', '10.0.0.256/8', '10.0.0.0/33', '10.0.0.0'])
      assert.is(rangeOf(none), null, none)
  })

  test('overlap nothing that is taken: neither what holds them nor what they hold', () => {
    const candidates = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16']
    assert.is(firstFree(candidates, []), '10.1.0.0/16')
    assert.is(firstFree(candidates, ranges('10.1.200.0/24')), '10.2.0.0/16')
    assert.is(firstFree(candidates, ranges('10.0.0.0/14')), null)
    assert.is(firstFree(candidates, ranges('10.1.0.0/16', '10.2.255.255/32', '10.4.0.0/16')), '10.3.0.0/16')
  })

  test('are all subnets, and none overlaps another', () => {
    for (const candidates of [dataCandidates, controlCandidates])
      for (const [at, candidate] of candidates.entries()) {
        assert.ok(candidates.slice(0, at).every((other) => firstFree([candidate], ranges(other)) === candidate))
        assert.ok(gatewayIn(candidate).endsWith('.1'))
      }
  })

  test('give addresses where no plan of Testground computes its own', () => {
    assert.is(addressIn('10.64.0.0/16', 1), '10.64.128.1')
    assert.is(addressIn('10.64.0.0/16', 256), '10.64.129.0')
    assert.is(gatewayIn('10.64.0.0/16'), '10.64.0.1')
  })

  test('keep off the routes of the machine, the default one aside', () => {
    const table = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'tun0\t0000400A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
      '',
    ].join('\n')
    assert.equal(routeRanges(table), ranges('10.64.0.0/16'))
    assert.equal(routeRanges(''), [])
  })
})
