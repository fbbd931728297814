/** What of a measurement is asked for. */
export interface Asked {
  readonly measurement: string
  readonly field: string
  /** `results` or `diagnostics`, of metrics that Testground's SDKs wrote. */
  readonly source?: string
}

/** The run that was picked; Grafana puts it in place of the variable. */
const ofRun = `"run" = '\${run}' AND $timeFilter`

/** How many points there are in each interval, by a tag. */
export function countBy({ measurement, field, tag }: Asked & { readonly tag: string }): string {
  return `SELECT count(${name(field)}) AS "n" FROM ${name(measurement)} WHERE ${ofRun} GROUP BY time($__interval), ${name(tag)} fill(none)`
}

/** Mean and 95th percentile of each interval, by group. */
export function spread({ measurement, field, source }: Asked): string {
  const value = name(field)
  return `SELECT mean(${value}) AS "mean", percentile(${value}, 95) AS "p95" FROM ${name(measurement)} WHERE ${from(source)} GROUP BY time($__interval), "group" fill(none)`
}

/** Sum of each interval, by group. */
export function total({ measurement, field, source }: Asked): string {
  return `SELECT sum(${name(field)}) AS "sum" FROM ${name(measurement)} WHERE ${from(source)} GROUP BY time($__interval), "group" fill(none)`
}

/** Starts or ends of the run, with the sentence that tells of them. */
export function moments(moment: 'start' | 'end'): string {
  return `SELECT "text", "moment" FROM "runs" WHERE "moment" = ${text(moment)} AND ${ofRun}`
}

/** Ids of a plan's runs, for the picker. */
export function runsOf(plan: string): string {
  return `SHOW TAG VALUES FROM "runs" WITH KEY = "run" WHERE "plan" = ${text(plan)}`
}

function from(source: string | undefined): string {
  return source === undefined ? ofRun : `"source" = ${text(source)} AND ${ofRun}`
}

function name(identifier: string): string {
  return `"${identifier.replace(/["\\]/g, '\\$&')}"`
}

function text(value: string): string {
  return `'${value.replace(/['\\]/g, '\\$&')}'`
}
