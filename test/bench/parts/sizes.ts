/**
 * Numbers of nodes that a bench was asked for; `usual` where none.
 *
 * @throws Error that names the bench and the first that is no whole number from `least`.
 */
export function sizesOf(
  args: readonly string[],
  { bench, usual, least = 2 }: { readonly bench: string; readonly usual: readonly number[]; readonly least?: number },
): readonly number[] {
  if (args.length === 0) return usual
  return args.map((text) => {
    const size = Number(text)
    if (!Number.isInteger(size) || size < least)
      throw new Error(`${bench}: "${text}" is no number of nodes; write ${least} or more`)
    return size
  })
}
