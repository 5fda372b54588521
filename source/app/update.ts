import { assertNever } from '../rules/assert-never.ts'
import { answerOperation, failOperation } from './acting.ts'
import { missPlan, receivePlan } from './asking.ts'
import { enterContext, receiveContexts, refuseContext } from './contexts.ts'
import { doWhatIsDue } from './due.ts'
import type { AppEvent } from './event.ts'
import { comeBack } from './inspect/come-back.ts'
import { keepSecret } from './keep-secret.ts'
import { pressKey, takePaste } from './key-press.ts'
import { receiveLines, receiveStreams } from './logs/following.ts'
import { hearOfFile } from './logs/log-keys.ts'
import { advanceMaintenance, hearOfSaving } from './maintenance/advancing.ts'
import { receiveRehearsal } from './maintenance/course-rehearsal.ts'
import { receiveMaintenance } from './maintenance/maintenance-file.ts'
import { moveClock } from './moving-clock.ts'
import { click, turnWheel } from './pointing.ts'
import { answerPing, failPing, failReading, hearOfChange, hearOfReading, loseWatch, readNow } from './polling.ts'
import { answerProbe, failProbe } from './probing.ts'
import { receiveReading } from './receiving.ts'
import { answerNewCluster } from './recovering.ts'
import { failResource, receiveResource } from './resources.ts'
import { ringIfWorse } from './ringing.ts'
import { advanceSequences } from './sequences.ts'
import { followFault, missSimulation, refuseClock, refuseFault, seeSimulation } from './simulating.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/**
 * The whole program as a function: what was, and what happened, give what is and what is to be done. It knows no clock
 * and no socket; it hands each event over to the file whose concern it is.
 */
export function update(before: State, event: AppEvent): Step {
  const { state, effects } = take(before, event)
  return { state: keepSecret(state), effects }
}

function take(before: State, event: AppEvent): Step {
  const state = moveClock(before, event.now)
  if (state.isQuitting) return stay(state)
  const followed = andThen(andThen(follow(state, event), advanceSequences), advanceMaintenance)
  return andThen(followed, next => ringIfWorse(next, state))
}

function follow(state: State, event: AppEvent): Step {
  switch (event.kind) {
    case 'ticked':
      return doWhatIsDue(state)
    case 'resized':
      return stay({ ...state, size: { columns: event.columns, rows: event.rows } })
    case 'key-pressed':
      return pressKey(state, event.key)
    case 'clicked':
      return click(state, event.target, event.button)
    case 'wheeled':
      return stay(turnWheel(state, event.target, event.steps))
    case 'pasted':
      return takePaste(state, event.text)
    case 'reading-progressed':
      return hearOfReading(state, event.number)
    case 'reading-received':
      return receiveReading(state, event)
    case 'reading-failed':
      return failReading(state, event.number, event.problem)
    case 'ping-answered':
      return answerPing(state, event.number)
    case 'ping-failed':
      return failPing(state, event.number, event.problem)
    case 'probe-answered':
      return answerProbe(state, event.number, event.clusterId)
    case 'probe-failed':
      return failProbe(state, event.number)
    case 'swarm-event-received':
      return hearOfChange(state)
    case 'watch-ended':
      return loseWatch(state)
    case 'operation-answered':
      return answerOperation(state, event.number, event.outcome)
    case 'operation-failed':
      return failOperation(state, event.number, event.problem)
    case 'rehearsed':
      return stay(receivePlan(receiveRehearsal(state, event.number, event.plan), event.number, event.plan))
    case 'rehearsal-failed':
      return stay(missPlan(receiveRehearsal(state, event.number, null), event.number, event.text))
    case 'simulation-seen':
      return stay(seeSimulation(state, event.number, event.simulation))
    case 'simulation-missed':
      return stay(missSimulation(state, event.number))
    case 'clock-changed':
      return readNow(seeSimulation(state, event.number, event.simulation))
    case 'clock-refused':
      return stay(refuseClock(state, event.number, event.text))
    case 'fault-happened':
      return followFault(state, event.fault)
    case 'fault-refused':
      return stay(refuseFault(state, event.text))
    case 'new-cluster-answered':
      return answerNewCluster(state, event.newCluster, event.trouble)
    case 'fetched':
      return stay(receiveResource(state, event.key, event.number, event.value))
    case 'fetch-failed':
      return stay(failResource(state, event.key, event.number, event.problem))
    case 'log-received':
      return receiveLines(state, event)
    case 'log-streams-changed':
      return stay(receiveStreams(state, event.number, event.streams))
    case 'file-saved':
      return stay(hearOfFile(state, event.file, event.trouble))
    case 'maintenance-loaded':
      return stay(receiveMaintenance(state, event.clusterId, event.found, event.trouble))
    case 'maintenance-saved':
      return stay(hearOfSaving(state, event.number, event.trouble))
    case 'closed-elsewhere':
      return stay(comeBack(state, event.program, event.problem))
    case 'contexts-listed':
      return stay(receiveContexts(state, event.list))
    case 'context-changed':
      return enterContext(state, event.number, event.place)
    case 'context-refused':
      return stay(refuseContext(state, event.number, event.text))
    case 'told-to-quit':
      return { state: { ...state, isQuitting: true }, effects: [{ kind: 'quit' }] }
    default:
      return assertNever(event)
  }
}
