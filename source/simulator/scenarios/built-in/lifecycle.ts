export const LIFECYCLE = `
about: A manager and a worker without any service, and a machine that may join. The exercise is a service's life.
history: 10m

machines:
  - { name: dev01, role: manager }
  - { name: dev02 }
  - { name: dev03, role: none }
`
