export const ONE_MACHINE = `
about: One blank machine. The exercise is to run many replicas on it, and to update them without a pause.

machines:
  - { name: server-01, role: none, cpus: 8, memory: 16GiB }

# One machine that prepares many containers at once takes its time.
images:
  api: { create: 3s..6s }

# The stack's service, once there is one: 300,000 calls in five minutes.
timeline:
  - { at: 0s, load: { swarm_api: 1000 } }
`
