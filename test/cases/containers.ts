import assert from 'node:assert/strict'
import { nextDue } from '../../source/simulator/simulator.ts'
import type { ImageBehaviour } from '../../source/simulator/world/image.ts'
import { type Ground, INSTANT } from './build-stage.ts'
import { taskRows } from './task-rows.ts'

/** What becomes of a container the moment that it has started. */
export type Fate = 'runs' | 'fails' | 'finishes'

/** Time, and what containers do in it. */
export function containers(ground: Ground) {
  const { simulator, world, swarm, api } = ground
  const { find } = taskRows(ground)
  const fates = new Map<string, Fate[]>()
  const met = new Set<string>()

  const pass = (seconds: number): void => {
    const until = world.now + Math.round(seconds * 1_000)
    for (let due = nextDue(world); due !== null && due <= until; due = nextDue(world)) {
      api.pass(due - world.now)
      if (fates.size > 0) meetFates()
    }
    api.pass(until - world.now)
  }

  const end = (taskId: string, exitCode: number): void => {
    assert.equal(simulator.inject({ kind: 'kill-container', taskId, exitCode }), null)
  }

  return {
    pass,

    passUntil: (isThere: () => boolean, limitSeconds = 600): void => {
      const until = world.now + limitSeconds * 1_000
      while (!isThere()) {
        assert.ok(world.now < until, 'This never comes')
        pass(0.05)
      }
    },

    /** How containers of an image that are still to come behave. */
    image: (name: string, behaviour: Partial<ImageBehaviour>): void => {
      const images = world.images as Record<string, ImageBehaviour>
      images[name] = { ...INSTANT, ...behaviour }
    },

    /** What becomes of the next containers of an image, one after the other. */
    fates: (image: string, list: readonly Fate[]): void => {
      fates.set(image, [...list])
    },

    /** Ends the container that runs in a place, and waits until the managers know. */
    fail: (place: string, exitCode = 1): void => {
      end(find(place, 'running').id, exitCode)
      pass(0.11)
    },
    finish: (place: string): void => {
      end(find(place, 'running').id, 0)
      pass(0.11)
    },

    /** As `finish`, but nobody knows yet. */
    finishTask: (taskId: string): void => end(taskId, 0),
  }

  /** One look at each container that its agent has started. */
  function meetFates(): void {
    for (const { tasks } of Object.values(world.machines)) {
      for (const { taskId, status } of Object.values(tasks)) {
        if (status.state === 'running' && !met.has(taskId)) meetFate(taskId)
      }
    }
  }

  function meetFate(taskId: string): void {
    met.add(taskId)
    const fate = fates.get(swarm.tasks[taskId]?.spec.ContainerSpec?.Image ?? '')?.shift() ?? 'runs'
    if (fate !== 'runs') end(taskId, fate === 'fails' ? 1 : 0)
  }
}
