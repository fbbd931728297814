/** Round trips that js-libp2p waits for until a connection over TCP is open: SYN and answer, the choice of noise, noise's first message and answer; its third goes without waiting, and names the muxer. */
export const dialTrips = 3
/** Until a stream has its protocol: multistream-select's header and the protocol go together. */
export const streamTrips = 1
/** Until a request is answered. */
export const answerTrips = 1
