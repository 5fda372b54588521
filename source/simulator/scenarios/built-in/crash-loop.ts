export const CRASH_LOOP = `
about: A service whose new version ends a few seconds after it has started, one that is given up after three attempts.
history: 1h

machines:
  - { name: node, count: 3, role: manager }
  - { name: node, count: 2 }

images:
  shop/importer:
    log-first: [importer started, watching /in]
    log-every: 800ms..3s
    log: ["imported batch {n}"]
  shop/importer:2.0:
    exit-after: 2s..6s
    exit-code: 1
    log-last: ['2> error: column "sku" of relation "products" does not exist', 2> importer gives up]
  shop/backup:
    exit-after: 3s..5s
    exit-code: 2
    log-first: [backup to backup.example.com begins]
    log-last: ["2> connect to backup.example.com port 22: Connection timed out", 2> backup failed]

services:
  web:
    image: nginx:1.29
    replicas: 4
    ports: [8080:80]
  importer:
    image: shop/importer:1.9
    replicas: 3
    restart: { condition: any, delay: 5s }
    update: { parallelism: 0, on-failure: continue }

timeline:
  - { at: 4s, every: 6m, image: { importer: shop/importer:2.0 } }
  - { at: 20s, every: 6m, create: { backup: { image: shop/backup:3, restart: { condition: on-failure, delay: 2s, max-attempts: 3 } } } }
  - { at: 4m, every: 6m, image: { importer: shop/importer:1.9 } }
  - { at: 5m, every: 6m, remove: backup }
`
