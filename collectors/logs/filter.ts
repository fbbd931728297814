import { InputError, type Invocation } from 'hoplab'
import type { LogFilter } from './read.ts'

/**
 * Reads the options of `hoplab logs`.
 *
 * @throws InputError that names every option that is wrong.
 */
export function filterOf(values: Invocation['values']): LogFilter {
  const { group, instance, level, since, grep } = values as Readonly<Record<string, string | undefined>>
  const problems: string[] = []
  const whole = (name: string, text: string): number => {
    if (!/^\d+$/.test(text)) problems.push(`--${name} ${text}: write a whole number from 0`)
    return Number(text)
  }
  const filter: LogFilter = {
    ...(group === undefined ? {} : { group }),
    ...(instance === undefined ? {} : { index: whole('instance', instance) }),
    ...(since === undefined ? {} : { sinceS: whole('since', since) }),
    ...(level === 'error' ? { level } : {}),
    ...(grep === undefined ? {} : pattern(grep, problems)),
  }
  if (level !== undefined && !['error', 'info'].includes(level)) problems.push(`--level ${level}: write error or info`)
  if (problems.length > 0) throw new InputError(problems.join('\n'))
  return filter
}

function pattern(text: string, problems: string[]): { grep: RegExp } | Record<string, never> {
  try {
    return { grep: new RegExp(text) }
  } catch (error) {
    problems.push(
      `--grep ${text}: ${(error as Error).message}; write a regular expression, as in --grep 'timeout|refused'`,
    )
    return {}
  }
}
