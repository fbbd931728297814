import * as assert from 'uvu/assert'
import { roomFor, tellCrowd } from '../../../../kernel-lib/harness/docker/network/neighbours.ts'
import { describe } from '../../../suite.ts'

describe('neighbours of containers', (test) => {
  test('have room for as many containers as all remember each other', () => {
    assert.is(roomFor(1024), 32)
    assert.is(roomFor(65_536), 256)
  })

  test('are told of when there are more, with what makes room', () => {
    assert.is(tellCrowd(32, 1024), null)
    assert.is(tellCrowd(1000, null), null)
    assert.match(
      tellCrowd(100, 1024) ?? '',
      /enough for 32 containers .* these are 100: .*healthcheck --runner docker --fix/,
    )
  })
})
