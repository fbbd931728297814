/** Where the agent's image has the compiled user-space shaper. */
export const shaperPath = '/hoplab/shaper'
