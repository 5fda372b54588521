export const MAINTENANCE = `
about: Three managers and two workers. The exercise is to drain nodes, to lose managers, and to bring the swarm back.
history: 1h

machines:
  - { name: node, count: 3, role: manager }
  - { name: node, count: 2 }

services:
  web:
    image: nginx:1.27
    replicas: 5
    ports: [80]
    load: 50
  ping:
    image: alpine:latest
    args: [ping, docker.com]
    replicas: 5
`
