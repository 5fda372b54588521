export const STUCK_UPDATE = `
about: An update to an image that nobody has pauses after its first task; another one fails and rolls itself back.
history: 3h

machines:
  - { name: node, count: 3, role: manager }
  - { name: node, count: 2 }

images:
  shop/web:
    log-first: ["web listens on :80"]
    log-every: 700ms..3s
    log: [GET / 200 8ms, GET /news 200 15ms]
  shop/web:2.0: { missing: true }
  shop/api:
    log-first: ["api listens on :8080"]
    log-every: 700ms..3s
    log: [GET /v1/items 200 6ms, POST /v1/items 201 14ms]
  shop/api:5.0:
    exit-after: 1s..3s
    exit-code: 1
    log-last: ["2> fatal: no configuration value for API_REGION"]

services:
  web:
    image: shop/web:1.9
    replicas: 5
    ports: [8080:80]
    update: { parallelism: 1, delay: 5s, on-failure: pause }
  api:
    image: shop/api:4.8
    replicas: 4
    update: { parallelism: 1, delay: 2s, monitor: 10s, on-failure: rollback, order: start-first }

timeline:
  - { at: 4s, every: 6m, image: { web: shop/web:2.0 } }
  - { at: 60s, every: 6m, image: { api: shop/api:5.0 } }
  - { at: 4m, every: 6m, roll-back: web }
`
