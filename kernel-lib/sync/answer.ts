/** What an answer says beside its id. */
export interface Parts {
  readonly error?: string
  readonly publish?: { readonly seq: number }
  readonly subscribe?: string
  readonly signal_entry?: { readonly seq: number }
}

/** An answer as it goes over the wire: every key is there, and what is not given is empty. */
export function answerText(id: string, { error = '', publish, subscribe = '', signal_entry }: Parts): string {
  return `{"id":${JSON.stringify(id)},"error":${JSON.stringify(error)},"publish":${placeText(publish)},"subscribe":${JSON.stringify(subscribe)},"signal_entry":${placeText(signal_entry)}}\n`
}

function placeText(place: { readonly seq: number } | undefined): string {
  return place === undefined ? 'null' : `{"seq":${place.seq}}`
}
