const SERVICES = 500
const REPLICAS = 20

const services = Array.from({ length: SERVICES }, (_, index) => {
  const name = `service-${String(index + 1).padStart(3, '0')}`
  return `  ${name}: { image: registry.local/${name}:1.0, replicas: ${REPLICAS}, reserve: { memory: 64MiB } }`
})

export const THOUSAND_NODES = `
about: A thousand nodes and ten thousand tasks, a few deployments at a time, a machine that dies now and then.
history: 3m

machines:
  - { name: manager, count: 5, role: manager }
  - { name: worker-a, count: 249, labels: { zone: a } }
  - { name: worker-b, count: 249, labels: { zone: b } }
  - { name: worker-c, count: 249, labels: { zone: c } }
  - { name: worker-d, count: 248, labels: { zone: d } }

services:
${services.join('\n')}

timeline:
  - { at: 3s, every: 1m, force-update: [service-001, service-002, service-003, service-004, service-005] }
  - { at: 5s, every: 30s, crash: [service-101, service-102, service-103, service-104], exit-code: 1 }
  - { at: 8s, every: 2m, kill: [worker-a17, worker-b42, worker-c99, worker-d200] }
  - { at: 90s, every: 2m, start: [worker-a17, worker-b42, worker-c99, worker-d200] }
  - { at: 20s, every: 2m, scale: { service-250: [40, 20] } }
`
