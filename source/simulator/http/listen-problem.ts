/** Why a simulation cannot be served: one sentence that names the place and the mend. */
export class ListenProblem extends Error {}
