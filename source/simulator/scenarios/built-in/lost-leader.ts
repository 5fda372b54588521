export const LOST_LEADER = `
about: Again and again the leader's machine dies, another manager takes over, and the machine comes back.
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
    replicas: 3
    max-per-node: 1

timeline:
  - { at: 8s, every: 150s, kill: leader }
  - { at: 80s, every: 150s, start: all }
`
