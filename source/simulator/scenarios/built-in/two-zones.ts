export const TWO_ZONES = `
about: Two zones, two managers in one and one in the other. First the small zone is cut off, later the large one.
history: 2h

machines:
  - { name: a-manager, count: 2, role: manager, labels: { zone: a } }
  - { name: b-manager, count: 1, role: manager, labels: { zone: b } }
  - { name: a-worker, count: 2, labels: { zone: a } }
  - { name: b-worker, count: 2, labels: { zone: b } }

services:
  web:
    image: nginx:1.29
    replicas: 8
    ports: [8080:80]
    spread: [node.labels.zone]
    load: 80
  db:
    image: postgres:17
    constraints: [node.labels.zone == b]
  cache:
    image: redis:8
    replicas: 2
    constraints: [node.role == worker]
    spread: [node.labels.zone]

timeline:
  - { at: 8s, every: 8m, cut: b-manager1 }
  - { at: 8s, every: 8m, cut: b-worker1 }
  - { at: 8s, every: 8m, cut: b-worker2 }
  - { at: 2m, every: 8m, heal: all }
  - { at: 4m, every: 8m, cut: a-manager1 }
  - { at: 4m, every: 8m, cut: a-manager2 }
  - { at: 4m, every: 8m, cut: a-worker1 }
  - { at: 4m, every: 8m, cut: a-worker2 }
  - { at: 6m, every: 8m, heal: all }
  - { at: 7m, every: 8m, force-update: [web] }
`
