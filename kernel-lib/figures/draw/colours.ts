/** Okabe–Ito's colours by name, as drawn on light; the order is the order of series. Source: Okabe & Ito 2008, "Color Universal Design". */
export const colours = {
  blue: '#0072b2',
  orange: '#e69f00',
  green: '#009e73',
  vermilion: '#d55e00',
  purple: '#cc79a7',
  sky: '#56b4e9',
  grey: '#767676',
} as const
/** Name of a colour: `blue`. */
export type ColourName = keyof typeof colours

/** Where a colour is too faint or too close to its neighbour on a dark ground, what is drawn there. */
export const onDark: Readonly<Partial<Record<ColourName, string>>> = {
  blue: '#2f97d8',
  sky: '#9bd7f7',
  grey: '#9a9a9a',
}

/** Colours of series 1, 2, …; past the last they begin again. */
export const seriesColours: readonly string[] = Object.values(colours)

/** Colour of a series by its position, from 0. */
export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length] ?? colours.grey
}

/** Ink of the ground itself, for hollow marks: the page's, JupyterLab's, or white and near-black. */
export const paper = '#fffffe'

/** How one way of ending is drawn everywhere: a colour, and never a colour alone. */
export interface Mark {
  readonly colour: string
  /** Symbol's name, as Plot knows it. */
  readonly symbol: 'circle' | 'times' | 'triangle' | 'diamond2' | 'square'
  readonly sign: string
  readonly filled: boolean
}

const marks: Readonly<Record<string, Mark>> = {
  success: { colour: colours.blue, symbol: 'circle', sign: '●', filled: true },
  failure: { colour: colours.vermilion, symbol: 'times', sign: '✕', filled: false },
  crash: { colour: colours.purple, symbol: 'triangle', sign: '▲', filled: true },
  timeout: { colour: colours.orange, symbol: 'diamond2', sign: '◆', filled: true },
  canceled: { colour: colours.grey, symbol: 'circle', sign: '○', filled: false },
}
const unknown: Mark = { colour: colours.grey, symbol: 'square', sign: '?', filled: false }
const sameAs: Readonly<Record<string, string>> = {
  ok: 'success',
  failed: 'failure',
  refused: 'failure',
  cancelled: 'canceled',
  absent: 'canceled',
}

/** The mark of an outcome, a lookup's status or a failure's cause; the mark of unknown for any other word. */
export function markOf(word: string): Mark {
  return marks[sameAs[word] ?? word] ?? unknown
}
