export const HIGH_AVAILABILITY = `
about: One manager, two workers, a service of four tasks. The exercise is to promote the workers and to lose managers.
history: 10m

machines:
  - { name: aws-node1, role: manager, availability: pause }
  - { name: aws-node2 }
  - { name: aws-node3, availability: pause }

services:
  ping:
    image: alpine:latest
    args: [ping, docker.com]

# While the others are paused each slot can have but one place: 1 and 4 on aws-node2, 2 on aws-node3, 3 on aws-node1.
timeline:
  - { at: -580s, pause: aws-node2 }
  - { at: -580s, activate: aws-node3 }
  - { at: -579s, scale: { ping: 2 } }
  - { at: -570s, pause: aws-node3 }
  - { at: -570s, activate: aws-node1 }
  - { at: -569s, scale: { ping: 3 } }
  - { at: -560s, pause: aws-node1 }
  - { at: -560s, activate: aws-node2 }
  - { at: -559s, scale: { ping: 4 } }
  - { at: -550s, activate: aws-node1 }
  - { at: -550s, activate: aws-node3 }
`
