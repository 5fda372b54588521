/** A machine's socket bears its name: `unix:///tmp/swarm/node1.sock` → `node1`. */
export function machineBehind(host: string): string {
  return host.replace(/^.*\//, '').replace(/\.sock$/, '')
}
