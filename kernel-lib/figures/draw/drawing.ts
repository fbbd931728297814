/** The ground a figure is drawn on: once wide, once for a phone. */
export interface Ground {
  /** Prefix of every id drawn. */
  readonly id: string
  /** User units, equal to CSS pixels at full size. */
  readonly width: number
  readonly narrow: boolean
}

/** What was drawn: SVG elements without their root, and the room they take. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly body: string
}

/** Draws the same data on the ground that it is given. */
export type Draw = (ground: Ground) => Drawing

/** Widths of the two grounds. */
export const wideWidth = 640
export const narrowWidth = 360
/** Below this viewport width the narrow drawing is shown. */
export const narrowBelow = 520
/** Text sizes, in user units, at which labels are legible on their ground. */
export const textSize = (ground: Ground): number => (ground.narrow ? 12 : 13)
