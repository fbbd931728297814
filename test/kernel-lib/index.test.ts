import * as assert from 'uvu/assert'
import * as hoplab from '../../kernel-lib/index.ts'
import { describe } from '../suite.ts'

describe('what a notebook imports', (test) => {
  test('verbs stand at the top, the rest under what it is about', () => {
    assert.equal(Object.keys(hoplab), [
      'AbsentError',
      'InputError',
      'answer',
      'compare',
      'figures',
      'findRun',
      'importArchive',
      'keyspace',
      'load',
      'loadEvents',
      'models',
      'prepare',
      'readNotebook',
      'readRecord',
      'repeat',
      'rerun',
      'run',
      'runsFolderOf',
      'sourceHash',
      'stats',
    ])
  })

  test('figures are functions that draw', () => {
    assert.equal(Object.keys(hoplab.figures), [
      'agreement',
      'agreementTable',
      'bucketFill',
      'comparison',
      'dialsPerLookup',
      'drawComparison',
      'drawLatencyEcdf',
      'endsTable',
      'hopDistribution',
      'hopsByBucket',
      'hopsTable',
      'inDegreeDistribution',
      'latencyEcdf',
      'latencyEcdfs',
      'latencyScatter',
      'lookupDiagram',
      'measureAgainstShare',
      'measureAgainstSize',
      'messagesPerLookup',
      'neighbourhoodKnown',
      'pairedChanges',
      'pairedTable',
      'progressPerHop',
      'recallAtK',
      'recordAvailability',
      'routingGraph',
      'samplesAcross',
      'stepsTable',
      'table',
      'terminationReasons',
    ])
  })

  test('statistics are functions that count', () => {
    assert.equal(Object.keys(hoplab.stats), [
      'accuracy',
      'againstShare',
      'againstSize',
      'agreement',
      'alreadyConnected',
      'answerAgainstShare',
      'answerAgreement',
      'answerInWords',
      'attempts',
      'availability',
      'bucketFill',
      'changeInWords',
      'comparePaired',
      'connectivity',
      'degrees',
      'dialableRecall',
      'dials',
      'failedDials',
      'failureReasons',
      'formatSample',
      'growthPerDecade',
      'hopKinds',
      'hops',
      'incidence',
      'incidenceQuantile',
      'latency',
      'lookupDiagram',
      'meanInWords',
      'meanSample',
      'messages',
      'neighbourhood',
      'networkSize',
      'pathLengths',
      'pathTo',
      'placed',
      'progress',
      'provides',
      'quantile',
      'roundTrips',
      'serverGraph',
      'shareSample',
      'slopeSample',
      'stale',
      'statistics',
      'success',
      'tableGraphs',
      'tableSizes',
      'tablesAt',
      'termination',
      'trace',
      'typicalLookup',
      'verdictInWords',
      'wilson',
    ])
  })

  test('models are of tables and lookups, without a network', () => {
    assert.equal(Object.keys(hoplab.models), [
      'answerTables',
      'bitsPerHop',
      'compareTables',
      'hops',
      'hopsDifference',
      'hopsModel',
      'walks',
      'walksModel',
    ])
  })

  test('keys are 32 bytes that have a distance', () => {
    assert.equal(Object.keys(hoplab.keyspace), [
      'commonPrefixLength',
      'compareDistance',
      'fromHex',
      'keyOf',
      'log2Distance',
      'toHex',
    ])
  })
})
