import { ask } from './ask.ts'
import { createClient } from './client.ts'
import type { Answer } from './engine.ts'
import { EngineAgent } from './engine-agent.ts'

/**
 * Asks the engine at a socket of a simulation to go on as the only manager of its swarm, as
 * `docker swarm init --force-new-cluster --advertise-addr` does; it answers when its manager is back, some seconds later.
 */
export async function forceNewCluster(path: string, address: string, signal: AbortSignal): Promise<Answer<string>> {
  const endpoint = { kind: 'unix', path, name: `unix://${path}`, context: '' } as const
  const agent = new EngineAgent(endpoint, { keepAlive: false })
  try {
    const client = createClient(endpoint, agent)
    return await ask(client, { method: 'POST', path: '/swarm/init', body: bodyFor(address), signal })
  } finally {
    agent.destroy()
  }
}

/** Source: docker/cli cli/command/swarm/init.go */
const bodyFor = (address: string) => ({
  ListenAddr: '0.0.0.0:2377',
  AdvertiseAddr: address,
  DataPathAddr: '',
  DataPathPort: 0,
  DefaultAddrPool: [],
  SubnetSize: 24,
  ForceNewCluster: true,
  AutoLockManagers: false,
  Availability: '',
  Spec: {
    Labels: null,
    Orchestration: {},
    Raft: {},
    Dispatcher: {},
    CAConfig: {},
    TaskDefaults: {},
    EncryptionConfig: {},
  },
})
