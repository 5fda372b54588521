import { refused } from '../control-api/refusal.ts'
import { withoutDigest } from '../world/image.ts'
import { type Call, json, type Result, resultOf } from './call.ts'
import { COMMITS, KERNEL } from './engine-facts.ts'
import { swarmHeader } from './situation.ts'
import { API_VERSION, ENGINE_VERSION, MIN_API_VERSION } from './version.ts'

export function ping(call: Call): Result {
  const headers = {
    'Builder-Version': '2',
    'Cache-Control': 'no-cache, no-store, must-revalidate',
    Pragma: 'no-cache',
    Swarm: swarmHeader(call.machine),
    'Content-Type': 'text/plain; charset=utf-8',
  }
  return { kind: 'text', status: 200, text: call.request.method === 'HEAD' ? '' : 'OK', headers }
}

/** Source: moby/moby api/types/types.go (Version), daemon/info_unix.go (fillPlatformVersion) */
export function version(_call: Call): Result {
  const engine = {
    ApiVersion: API_VERSION,
    Arch: 'amd64',
    BuildTime: '2025-05-30T12:07:28.000000000+00:00',
    Experimental: 'false',
    GitCommit: '45873be',
    GoVersion: 'go1.24.3',
    KernelVersion: KERNEL,
    MinAPIVersion: MIN_API_VERSION,
    Os: 'linux',
  }
  return json({
    Platform: { Name: 'swarmtop simulation' },
    Components: [
      { Name: 'Engine', Version: ENGINE_VERSION, Details: engine },
      { Name: 'containerd', Version: '1.7.27', Details: { GitCommit: COMMITS.ContainerdCommit } },
      { Name: 'runc', Version: '1.2.5', Details: { GitCommit: COMMITS.RuncCommit } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: COMMITS.InitCommit } },
    ],
    Version: ENGINE_VERSION,
    ApiVersion: engine.ApiVersion,
    MinAPIVersion: engine.MinAPIVersion,
    GitCommit: engine.GitCommit,
    GoVersion: engine.GoVersion,
    Os: engine.Os,
    Arch: engine.Arch,
    KernelVersion: engine.KernelVersion,
    BuildTime: engine.BuildTime,
  })
}

/** No registry is reachable; the CLI goes on with a warning. */
export function distribution({ id }: Call): Result {
  const text = `simulated machines reach no registry: ${withoutDigest(id)} cannot be looked up`
  return resultOf(refused(403, text), json)
}
