export const FIRST_SWARM = `
about: Three blank machines. The exercise is to make a swarm of them and to run a service on it.

machines:
  - { name: manager1, role: none, address: 192.168.99.100 }
  - { name: worker1, role: none, address: 192.168.99.101 }
  - { name: worker2, role: none, address: 192.168.99.102 }
`
