export const ONE_MACHINE = `
about: One blank machine. The exercise is to run many replicas on it, and to update them without a pause.

machines:
  - { name: server-01, role: none, cpus: 8, memory: 16GiB }
`
