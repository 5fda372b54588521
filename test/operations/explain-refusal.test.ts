import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { explainRefusal } from '../../source/operations/explain-refusal.ts'

/** As daemons of 20.10 and 28.2 say it, without the wrapping of the calls between managers. */
const HELPED: readonly (readonly [text: string, helps: string])[] = [
  ['update out of sequence', 'somebody else changed it at the same time: look at it and ask again'],
  [
    "node ilx7xsjy4hvbiuv8sxftk2mxy is not down and can't be removed",
    'run docker swarm leave on it first, or force it out',
  ],
  [
    'node ilx7xsjy4hvbiuv8sxftk2mxy is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal',
    'demote it, and wait until it is no manager any more',
  ],
  ['attempting to demote the last manager of the swarm', 'promote another node first'],
  [
    "can't remove member from the raft: this would result in a loss of quorum",
    'bring back a manager that cannot be reached, or demote that one',
  ],
  ['service yx9o1 does not have a previous spec', 'it was never changed, or has been rolled back by itself'],
  [
    "port '8080' is already in use by service 'web' (yx9o1) as an ingress port",
    'one of the two has to publish another port',
  ],
  ['shop: network k1x2 is in use by task 8wq2', 'what uses it has to go first'],
  [
    "secret 'shop_key' is in use by the following service: other",
    'what uses it is not of this stack, and has to go first',
  ],
  ['secret q8w2 not found', 'the settings need it: create it again'],
  ['node w1 not found', 'it has been removed by now'],
  ['ContainerSpec: "a b" is not a valid repository/tag', 'an image is written as name:tag'],
  ['service mode change is not allowed', 'it has to be removed and created anew for that'],
]

describe('what a daemon refuses is told in its words, with what helps', () => {
  for (const [text, helps] of HELPED) {
    test(text, () => assert.equal(explainRefusal(text), `${text}; ${helps}`))
  }

  test('where nothing is known to help, in its words alone', () => {
    assert.equal(explainRefusal('raft: proposal dropped'), 'raft: proposal dropped')
  })
})
