import { SLOT_ROWS } from './slot-rows.ts'

/** A lane for each slot of the service that is looked at. */
export const LANE_ROWS = SLOT_ROWS
