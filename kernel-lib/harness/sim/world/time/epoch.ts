/** The date at which every simulation begins: 2025-01-01T00:00:00Z, ms since the Unix epoch. */
export const epochMs = Date.UTC(2025, 0, 1)
