/** Environment variables of one instance. */
export type Variables = Readonly<Record<string, string | undefined>>
