export const LOST_QUORUM = `
about: Two of three managers die. Until one is back nobody decides anything, while what runs goes on running.
history: 2h

machines:
  - { name: node, count: 3, role: manager }
  - { name: node, count: 2 }

services:
  web:
    image: nginx:1.29
    replicas: 8
    ports: [8080:80]
    load: 50
  cache:
    image: redis:8
    replicas: 2
    constraints: [node.role == worker]

timeline:
  - { at: 6s, every: 6m, poweroff: node2 }
  - { at: 45s, every: 6m, poweroff: node3 }
  - { at: 75s, every: 6m, crash: web, exit-code: 1 }
  - { at: 3m, every: 6m, start: node2 }
  - { at: 220s, every: 6m, start: node3 }
`
