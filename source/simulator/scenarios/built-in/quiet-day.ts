export const QUIET_DAY = `
about: A small shop on a day like any other. Deployments, a burst of load, a container or a machine that dies now and then.
history: 26h

machines:
  - { name: node1, role: manager, labels: { zone: a } }
  - { name: node2, role: manager, labels: { zone: b } }
  - { name: node3, role: manager, labels: { zone: c } }
  - { name: node4, labels: { zone: a } }
  - { name: node5, labels: { zone: b } }

images:
  shop/storefront:
    start: 400ms..1500ms
    log-first: ["storefront listens on :3000"]
    log-every: 400ms..2s
    log: [GET / 200 12ms, GET /products/41 200 31ms, GET /basket 200 9ms, 2> GET /favicon.png 404 1ms]
  shop/checkout:
    log-first: ["checkout listens on :3000", connected to orders-db]
    log-every: 2s..9s
    log: ["order {n}: paid", "order {n}: confirmed", "2> order {n}: card declined"]
  shop/mailer:
    exit-after: 8m..6h
    exit-code: 1
    log-first: [mailer ready]
    log-every: 5s..20s
    log: ["mail {n} sent"]
    log-last: ["2> error: smtp.example.com closed the connection", 2> mailer gives up]
  shop/search:
    start: 2500ms..5s
    stop: never
    log-first: [index loaded, "search listens on :9200"]
    log-every: 1s..6s
    log: ["query {n}: 12 hits in 8ms", "query {n}: 3 hits in 5ms"]

networks: [shop]
secrets: [db-password]

services:
  edge-proxy:
    image: traefik:3.4
    stack: shop
    mode: global
    ports: [80, 443]
    reserve: { memory: 64MiB }
  storefront:
    image: shop/storefront:2.7.0
    stack: shop
    networks: [shop]
    replicas: 6
    reserve: { cpus: 0.25, memory: 256MiB }
    update: { parallelism: 1, delay: 2s }
    load: 120
  checkout:
    image: shop/checkout:4.1.1
    stack: shop
    networks: [shop]
    secrets: [db-password]
    replicas: 3
    reserve: { cpus: 0.5, memory: 256MiB }
    update: { parallelism: 2, delay: 1s, order: start-first, on-failure: rollback }
    load: 15
  mailer:
    image: shop/mailer:0.9.4
    stack: shop
    replicas: 2
    reserve: { memory: 128MiB }
  search:
    image: shop/search:8.2
    stack: shop
    networks: [shop]
    replicas: 2
    reserve: { cpus: 0.5, memory: 1GiB }
    max-per-node: 1
  orders-db:
    image: postgres:17
    stack: shop
    networks: [shop]
    secrets: [db-password]
    constraints: [node.labels.zone == a, node.role == worker]
    reserve: { cpus: 1, memory: 2GiB }

timeline:
  - { at: -7h, image: { checkout: shop/checkout:4.1.2 } }
  - { at: -3h, image: { storefront: shop/storefront:2.7.1 } }
  - { at: -40m, scale: { checkout: 4 } }
  - { at: 3s, every: 3m, image: { storefront: [shop/storefront:2.8.0, shop/storefront:2.7.1] } }
  - { at: 6s, every: 100s, crash: mailer, exit-code: 1 }
  - { at: 40s, every: 2m, scale: { checkout: [6, 4] } }
  - { at: 40s, every: 2m, load: { checkout: [40, 15] } }
  - { at: 95s, every: 5m, image: { checkout: [shop/checkout:4.2.0, shop/checkout:4.1.2] } }
  - { at: 4m, every: 14m, kill: node5 }
  - { at: 330s, every: 14m, start: node5 }
  - { at: 7m, every: 14m, force-update: storefront }
`
