import { majorityOf, tolerance } from '../rules/quorum.ts'
import type { Quorum, QuorumMember } from '../swarm/quorum.ts'

/** How many raft members there are, how many answer, and what that bears; also for what is not yet but would be. */
export type Tolerance = {
  readonly members: number
  readonly reachable: number
  readonly majority: number
  /** How many reachable members may still go; negative when there is no majority. */
  readonly canLose: number
}

export function toleranceOf(members: number, reachable: number): Tolerance {
  return { members, reachable, majority: majorityOf(members), canLose: tolerance(members, reachable) }
}

export const toleranceNow = ({ members, reachable }: Quorum): Tolerance => toleranceOf(members.length, reachable)

/** Switched off, a member is still counted: what is off has a vote that nobody casts. */
export const toleranceWithoutHost = (quorum: Quorum, lost: QuorumMember): Tolerance =>
  toleranceWithoutHosts(quorum, [lost])

export const toleranceWithoutHosts = ({ members, reachable }: Quorum, lost: readonly QuorumMember[]): Tolerance =>
  toleranceOf(members.length, reachable - lost.filter(({ isReachable }) => isReachable).length)

/** Demoted, a member is no longer counted at all. */
export const toleranceWithoutMember = ({ members, reachable }: Quorum, demoted: QuorumMember): Tolerance =>
  toleranceOf(members.length - 1, reachable - (demoted.isReachable ? 1 : 0))

/** A new member joins by itself, so it is there when it is counted. */
export const toleranceWithNewMember = ({ members, reachable }: Quorum): Tolerance =>
  toleranceOf(members.length + 1, reachable + 1)

/** `2 of 3 managers reachable, majority 2, can lose 0`. */
export function sayTolerance({ members, reachable, majority, canLose }: Tolerance): string {
  const loss = canLose < 0 ? 'too few' : `can lose ${canLose}`
  return `${reachable} of ${members} managers reachable, majority ${majority}, ${loss}`
}

/** `managers 3 → 2, majority 2 → 2, can lose 1 → 0`. */
export const sayChange = (before: Tolerance, after: Tolerance): string =>
  `managers ${before.members} → ${after.members}, majority ${before.majority} → ${after.majority}, can lose ${before.canLose} → ${after.canLose}`
