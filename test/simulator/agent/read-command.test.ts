import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCommand } from '../../../source/simulator/agent/read-command.ts'

test('small programs are known by their names', () => {
  const table = {
    true: 'ends after 0 with 0',
    '/bin/false': 'ends after 0 with 1',
    'sleep 3': 'ends after 3000 with 0',
    'sleep 1.5m': 'ends after 90000 with 0',
    'sleep 1h 30m': 'ends after 5400000 with 0',
    'sleep infinity': 'runs',
    'sleep soon': 'is not known',
    'echo hello world': '0 hello world, ends after 0 with 0',
    date: '0 {date}, ends after 0 with 0',
    hostname: '0 {hostname}, ends after 0 with 0',
    cat: 'ends after 0 with 0',
    top: 'runs',
    'tail -f /dev/null': 'runs',
    'tail -n 1 /etc/passwd': 'is not known',
    'my-server --port 80': 'is not known',
    sh: 'ends after 0 with 0',
    '/bin/bash': 'ends after 0 with 0',
    'ping web':
      '0 PING web (10.0.1.2): 56 data bytes, 12 64 bytes from 10.0.1.2: seq={n} ttl=42 time=12.417 ms every 1000',
    'ping -W 1 web': 'is not known',
  }
  for (const [words, meaning] of Object.entries(table)) assert.equal(tell(words.split(' ')), meaning, words)
})

test('a counted ping ends with what came of it', () => {
  const deed = readCommand(['ping', '-c', '2', '10.0.1.9'], false)
  assert.deepEqual(deed?.end, { afterMs: 1_012, code: 0 })
  assert.deepEqual(
    deed?.lines.slice(0, 3).map(({ text }) => text.replace(/ ttl.*/, '')),
    ['PING 10.0.1.9 (10.0.1.9): 56 data bytes', '64 bytes from 10.0.1.9: seq=0', '64 bytes from 10.0.1.9: seq=1'],
  )
  assert.match(deed?.lines.at(-2)?.text ?? '', /^2 packets transmitted, 2 packets received/)
})

test('a script does one thing after the other', () => {
  const table = {
    '': 'ends after 0 with 0',
    'exit 3': 'ends after 0 with 3',
    'sleep 2; exit 1': 'ends after 2000 with 1',
    'echo one; sleep 2; echo "two; three" && sleep 1': '0 one, 2000 two; three, ends after 3000 with 0',
    'false && echo no; echo yes': '0 yes, ends after 0 with 0',
    'false && true && echo no': 'ends after 0 with 1',
    'false; exit': 'ends after 0 with 1',
    'exit 0; echo no': 'ends after 0 with 0',
    'echo "out of luck" >&2; exit 1': '0 2> out of luck, ends after 0 with 1',
    "echo it\\'s 'now' $(date) on $HOSTNAME": "0 it's now {date} on {hostname}, ends after 0 with 0",
    'echo up\nsleep 1d': '0 up, ends after 86400000 with 0',
    'echo up; exec sleep infinity': '0 up, runs',
    'echo up && ping -c 1 10.0.0.7 && false': /ends after 12 with 1$/,
    'while true; do echo tick; sleep 2; done': '0 tick every 2000',
    'echo up; while :; do date; sleep 1; echo b; sleep 2; done': '0 up, 0 {date}, 1000 b every 3000',
    'while sleep 5; do echo tick; done; echo never': '5000 tick every 5000',
    'while true\ndo\n  echo x\n  sleep 1\ndone': '0 x every 1000',
    'while true; do echo busy; done': '0 busy every 100',
    'while true; do sleep 1; done': 'runs',
    'while false; do echo no; done; echo end': '0 end, ends after 0 with 0',
  }
  for (const [script, meaning] of Object.entries(table)) {
    const told = tell(['sh', '-c', script])
    if (typeof meaning === 'string') assert.equal(told, meaning, script)
    else assert.match(told, meaning, script)
  }
})

test('what asks more of a shell is not known', () => {
  const scripts = [
    'echo $HOME',
    'echo "$(uptime)"',
    'date | wc -c',
    'true || false',
    'sleep 5 & wait',
    'echo x > /tmp/x',
    'if true; then echo x; fi',
    'while true; do while true; do sleep 1; done; done',
    'while true; do exit 1; done',
    'while true',
    'my-server; exit 1',
    'echo "open',
    'exit -1',
  ]
  for (const script of scripts) assert.equal(tell(['sh', '-c', script]), 'is not known', script)
  assert.equal(tell(['sh', '/start.sh']), 'is not known')
})

test('a shell waits at a terminal', () => {
  assert.deepEqual(readCommand(['sh'], true), { lines: [], loop: null, end: null })
})

function tell(words: readonly string[]): string {
  const deed = readCommand(words, false)
  if (deed === null) return 'is not known'
  const { lines, loop, end } = deed
  const said = [
    ...lines.map(({ afterMs, text }) => `${afterMs} ${text}`),
    ...(loop?.lines ?? []).map(({ afterMs, text }) => `${(loop?.fromMs ?? 0) + afterMs} ${text}`),
  ]
  if (loop !== null) return `${said.join(', ')} every ${loop.periodMs}`
  return [...said, end === null ? 'runs' : `ends after ${end.afterMs} with ${end.code}`].join(', ')
}
