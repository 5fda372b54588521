import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { QUIET_DAY } from '../../../source/simulator/scenarios/built-in/quiet-day.ts'
import { parseScenario } from '../../../source/simulator/scenarios/parse-scenario.ts'
import type { Scenario } from '../../../source/simulator/scenarios/scenario.ts'
import { findBehaviour } from '../../../source/simulator/world/image.ts'

test('a scenario of a few lines: all else has its default', () => {
  const scenario = parse(`
    machines:
      - { name: m1, role: manager }
      - { name: w1, cpus: 0.5, memory: 512MiB, labels: { zone: a, disk: 1.10 } }
  `)
  assert.equal(scenario.name, 'shop')
  assert.equal(scenario.historyMs, 0)
  assert.deepEqual(
    scenario.machines.map(({ name, role, nanoCpus, memoryBytes, labels }) => [
      name,
      role,
      nanoCpus,
      memoryBytes,
      labels,
    ]),
    [
      ['m1', 'manager', 4e9, 8 * 1024 ** 3, {}],
      ['w1', 'worker', 5e8, 512 * 1024 ** 2, { zone: 'a', disk: '1.10' }],
    ],
  )
})

test('machines that are counted are numbered on from entry to entry', () => {
  const { machines } = parse(`
    machines:
      - { name: node, count: 2, role: manager }
      - { name: node, count: 2 }
      - { name: spare, role: none }
  `)
  assert.deepEqual(
    machines.map(({ name, role }) => `${name} ${role}`),
    ['node1 manager', 'node2 manager', 'node3 worker', 'node4 worker', 'spare null'],
  )
})

test('a service becomes what the docker CLI would send for it', () => {
  const { services } = parse(`
    machines: [{ name: m1, role: manager }]
    services:
      web:
        image: nginx:1.10
        args: [-g, daemon off;]
        replicas: 3
        ports: [80, 8080:81, 53:53/udp]
        constraints: node.role == worker
        spread: [node.labels.zone]
        max-per-node: 1
        reserve: { cpus: 0.25, memory: 64MiB }
        update: { delay: 10s, order: start-first }
        restart: { condition: on-failure, max-attempts: 3 }
        stop-grace: 1m30s
        health: { test: curl -f localhost, interval: 5s }
        labels: { tier: 1 }
      sweep: { image: alpine, mode: replicated-job, replicas: 5, max-concurrent: 2 }
  `)
  assert.deepEqual(services[0], {
    Name: 'web',
    Labels: { tier: '1' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'nginx:1.10',
        Args: ['-g', 'daemon off;'],
        Init: false,
        StopGracePeriod: 90e9,
        Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 5e9 },
        DNSConfig: {},
      },
      Resources: { Limits: {}, Reservations: { NanoCPUs: 0.25e9, MemoryBytes: 64 * 1024 ** 2 } },
      RestartPolicy: { Condition: 'on-failure', Delay: 5e9, MaxAttempts: 3 },
      Placement: {
        Constraints: ['node.role == worker'],
        Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }],
        MaxReplicas: 1,
      },
      ForceUpdate: 0,
    },
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: {
      Parallelism: 1,
      Delay: 10e9,
      FailureAction: 'pause',
      Monitor: 5e9,
      MaxFailureRatio: 0,
      Order: 'start-first',
    },
    EndpointSpec: {
      Mode: 'vip',
      Ports: [
        { Protocol: 'tcp', TargetPort: 80, PublishedPort: 80, PublishMode: 'ingress' },
        { Protocol: 'tcp', TargetPort: 81, PublishedPort: 8080, PublishMode: 'ingress' },
        { Protocol: 'udp', TargetPort: 53, PublishedPort: 53, PublishMode: 'ingress' },
      ],
    },
  })
  assert.deepEqual(services[1]?.Mode, { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } })
})

test('networks, secrets and configs are made before the services that use them', () => {
  const { services, script } = parse(`
    history: 1h
    machines: [{ name: m1, role: manager }]
    networks: [back]
    secrets: [password]
    configs: app.ini
    services:
      web: { image: nginx, networks: [back], secrets: [password], configs: [app.ini] }
  `)
  assert.deepEqual(script, [
    { at: -3_600_000, every: null, action: { kind: 'create-network', name: 'back' } },
    { at: -3_600_000, every: null, action: { kind: 'create-secret', name: 'password' } },
    { at: -3_600_000, every: null, action: { kind: 'create-config', name: 'app.ini' } },
  ])
  const { Networks, ContainerSpec } = services[0]?.TaskTemplate ?? {}
  assert.deepEqual(Networks, [{ Target: 'back' }])
  assert.deepEqual(ContainerSpec?.Secrets, [
    { File: { Name: 'password', UID: '0', GID: '0', Mode: 0o444 }, SecretID: 'password', SecretName: 'password' },
  ])
  assert.deepEqual(ContainerSpec?.Configs, [
    { File: { Name: '/app.ini', UID: '0', GID: '0', Mode: 0o444 }, ConfigID: 'app.ini', ConfigName: 'app.ini' },
  ])
})

test('requests reach a service from the moment it is there', () => {
  const { script } = parse(`
    machines: [{ name: m1, role: manager }]
    services: { web: { image: nginx, load: 5 } }
    timeline: [{ at: 1m, create: { shop: { image: nginx, load: 7 } } }]
  `)
  const loads = script.flatMap(({ at, action }) =>
    action.kind === 'set-load' ? [`${at} ${action.service} ${action.requestsPerSecond}`] : [],
  )
  assert.deepEqual(loads, ['0 web 5', '60000 shop 7'])
})

test('images say what is different about them, a tag what is different from its image', () => {
  const { images } = parse(`
    machines: [{ name: m1, role: manager }]
    images:
      mailer: { exit-after: 8m..6h, exit-code: 3 }
      mailer:2: { exit-code: 4 }
      alpine: { pull: 7s }
  `)
  assert.deepEqual(findBehaviour(images, 'mailer:1').exit, { chance: 1, afterMs: [480_000, 21_600_000], code: 3 })
  assert.deepEqual(findBehaviour(images, 'mailer:2').exit, { chance: 1, afterMs: [480_000, 21_600_000], code: 4 })
  assert.deepEqual(findBehaviour(images, 'alpine').pullMs, [7_000, 7_000])
  assert.equal(findBehaviour(images, 'alpine:3').stopMs, 'ignores-signal')
})

test('the timeline: one step for each thing that happens, lists are gone through by rounds', () => {
  const { script } = parse(`
    history: 2h
    machines: [{ name: m1, role: manager }, { name: w1 }]
    services:
      web: { image: nginx, load: 50 }
      api: { image: api, mode: global }
    timeline:
      - { at: -1h, image: { web: nginx:2, api: [api:2, api:3] } }
      - { at: 10s, every: 1m, scale: { web: [6, 4] } }
      - { at: 20s, crash: web }
      - { at: 30s, drain: w1 }
      - { at: 40s, every: 2m, kill: [leader, w1] }
      - { at: 50s, create: { late: { image: nginx } } }
      - { at: 60s, remove: late }
  `)
  assert.deepEqual(
    script.map(({ at, every, action }) => [at, every, action.kind]),
    [
      [-7_200_000, null, 'set-load'],
      [-3_600_000, null, 'change-image'],
      [-3_600_000, null, 'change-image'],
      [10_000, 60_000, 'scale'],
      [20_000, null, 'kill-container'],
      [30_000, null, 'set-availability'],
      [40_000, 120_000, 'strike-machine'],
      [50_000, null, 'create-service'],
      [60_000, null, 'remove-service'],
    ],
  )
  assert.deepEqual(script[2]?.action, { kind: 'change-image', service: 'api', images: ['api:2', 'api:3'] })
  assert.deepEqual(script[6]?.action, { kind: 'strike-machine', machines: ['leader', 'w1'], action: 'kill' })
})

const ONE_MANAGER = 'machines: [{ name: m1, role: manager }]'

/** What is wrong, and what is said of it. */
const WRONG: readonly (readonly [yaml: string, ...said: string[]])[] = [
  ['', 'shop.yaml:1:1: The file should be a map of keys and values, not nothing'],
  ['- a', 'shop.yaml:1:1: The file should be a map of keys and values, not a list'],
  ['history: 1h', 'shop.yaml:1:1: machines is missing: write it'],
  ['machines: []', 'shop.yaml:1:1: machines should have at least one entry'],
  ['machines: m1', 'shop.yaml:1:1: machines should be a list, not a single value'],
  ['machines: [m1]', 'shop.yaml:1:12: machines should be a map of keys and values, not a single value'],
  ['machines: [{ role: manager }]', 'shop.yaml:1:12: machines.name is missing: write it'],
  [
    'machines:\n  - name: m1\n    role: boss\n    memory: lots\n    cpus: -1',
    'shop.yaml:3:5: machines.role should be one of manager, worker, none, not "boss"',
    'shop.yaml:4:5: machines.memory should be an amount of memory like 256MiB or 8GiB, not "lots"',
    'shop.yaml:5:5: machines.cpus should be a number of CPUs like 4 or 0.25, not "-1"',
  ],
  [
    'machines: [{ name: m1, role: manager, memroy: 1g }]\nservice: {}',
    'shop.yaml:1:39: machines has no key "memroy": did you mean memory?',
    'shop.yaml:2:1: The file has no key "service": did you mean services?',
  ],
  [
    'machines: [{ name: a, role: manager }, { name: a }]',
    'shop.yaml:1:42: Two machines are called a: give one of them another name',
  ],
  [
    'machines: [{ name: ../x, role: manager }]',
    'shop.yaml:1:14: machines.name should be a name of letters, digits, dots and hyphens, not "../x"',
  ],
  [
    'machines: [{ name: control, role: none }]',
    'shop.yaml:1:14: No machine can be called control: the word has another meaning here',
  ],
  [
    `${ONE_MANAGER}\nnetworks: [back]\nservices:\n  web: { image: nginx, networks: [bakc], secrets: [key] }`,
    'shop.yaml:4:35: There is no network "bakc": did you mean back?',
    'shop.yaml:4:52: There is no secret "key": there is none at all',
  ],
  [
    `${ONE_MANAGER}\ntimeline:\n  - { at: 1s, create: { web: { image: nginx, mode: global, networks: [back] } } }\n  - { at: 9s, scale: { web: 2 } }`,
    'shop.yaml:3:71: There is no network "back": there is none at all',
    'shop.yaml:4:24: web cannot be scaled: only replicated services can',
  ],
  [
    'machines: [{ name: a, count: 5000, role: manager }, { name: b, count: 5000 }]',
    'shop.yaml:1:1: machines has 10000 machines: there can be 5000',
  ],
  [
    'machines: [{ name: w }]',
    'shop.yaml:1:1: A swarm needs a manager: give a machine role: manager, or all role: none',
  ],
  [
    `${ONE_MANAGER}\nservices: { web: { image: nginx, replicas: many } }`,
    'shop.yaml:2:34: services.web.replicas should be a whole number from 0 to 10000, not "many"',
  ],
  [
    `${ONE_MANAGER}\nservices:\n  web:\n    image: nginx\n    constraints: [node.role = worker]`,
    'shop.yaml:3:3: Swarm would refuse service web: constraint expected one operator from ==, !=',
  ],
  [
    `${ONE_MANAGER}\nservices:\n  a: { image: a, ports: [80] }\n  b: { image: b, ports: [80:81] }`,
    'shop.yaml:4:18: Port 80 is published by a already: publish another one',
  ],
  [
    `${ONE_MANAGER}\nimages: { nginx: { stop: now, strat: 1s } }`,
    'shop.yaml:2:20: images.nginx.stop should be a duration like 250ms, 10s or 1m30s, or a range like 1s..4s, or never, not "now"',
    'shop.yaml:2:31: images.nginx has no key "strat": did you mean start?',
  ],
  [
    `${ONE_MANAGER}\nservices: { web: { image: nginx } }\ntimeline:\n  - { at: 5s, scale: { wbe: 3 } }\n  - { at: 5s, kill: m2 }\n  - { at: 5s }`,
    'shop.yaml:4:24: There is no service "wbe": did you mean web?',
    'shop.yaml:5:15: There is no machine "m2": did you mean m1?',
    'shop.yaml:6:5: Nothing happens in this entry: write one of create, image, scale, load, force-update, roll-back, remove, crash, activate, pause, drain, promote, demote, kill, poweroff, stop, start, cut, heal',
  ],
  [
    `${ONE_MANAGER}\ntimeline:\n  - { at: -1s, kill: m1 }\n  - { at: 1s, every: 10ms, kill: m1, start: m1 }`,
    'shop.yaml:3:7: at lies before the beginning: give the scenario a longer history',
    'shop.yaml:4:15: every should be 1s or longer',
    'shop.yaml:4:38: start is a second thing to happen: make it an entry of its own',
  ],
]

for (const [yaml, ...said] of WRONG) {
  test(`what is wrong is named with its place: ${said[0]?.replace(/^\S+ /, '')}`, () => {
    assert.deepEqual(complaintsOf(yaml), said)
  })
}

test('ten complaints are shown, in the order of the file, and how many more there are', () => {
  const machines = Array.from({ length: 14 }, (_, index) => `  - { name: m${index}, role: x }`)
  const complaints = complaintsOf(`machines:\n${machines.join('\n')}`)
  assert.equal(complaints.length, 11)
  assert.match(complaints[9] ?? '', /^shop.yaml:11:17: /)
  assert.equal(complaints[10], 'shop.yaml: and 4 more')
})

test('whatever a file has been mangled to, it is read or refused', () => {
  const lines = QUIET_DAY.split('\n')
  const words = [
    '',
    '-',
    '[]',
    '{}',
    'null',
    '-1',
    '1e99',
    'constructor: x',
    '__proto__: {}',
    'count: 5000',
    '? x',
    '  a: [b',
  ]
  const wound = fc.record({
    at: fc.nat(lines.length - 1),
    length: fc.nat(3),
    by: fc.array(fc.constantFrom(...words, ...lines), { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(wound, { minLength: 1, maxLength: 4 }), wounds => {
      const mangled = [...lines]
      for (const { at, length, by } of wounds) mangled.splice(at, length, ...by)
      const parsed = parseScenario(mangled.join('\n'), 'shop.yaml')
      if (!parsed.ok) for (const line of parsed.text.split('\n')) assert.match(line, /^shop\.yaml(:\d+:\d+)?: /)
    }),
  )
})

function parse(yaml: string): Scenario {
  const parsed = parseScenario(yaml, 'scenarios/shop.yaml')
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.text)
  return parsed.scenario
}

function complaintsOf(yaml: string): readonly string[] {
  const parsed = parseScenario(yaml, 'shop.yaml')
  assert.ok(!parsed.ok)
  return parsed.text.split('\n')
}
