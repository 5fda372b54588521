import { hostname, userInfo } from 'node:os'

/** Who sits at this program, for other people to read: `ops@bastion`. In a container a user need not have a name. */
export function operatorName(): string {
  return `${userName()}@${hostname()}`
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return process.env.USER || `user-${process.getuid?.() ?? 0}`
  }
}
