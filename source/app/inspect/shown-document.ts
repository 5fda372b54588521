import type { ObjectRef } from '../../swarm/resource-ref.ts'
import { currentView } from '../current-view.ts'
import { findResource, type Resource } from '../resources.ts'
import { screenKey, type View } from '../screen.ts'
import type { State } from '../state.ts'
import { type Changed, changedParts } from './changed-parts.ts'
import { type DocumentLine, type DocumentLook, firstLook } from './document.ts'
import { documentLines, preparedDocument, type Showing } from './document-lines.ts'

/** The object that is inspected, as far as it is known. */
export type ShownDocument = {
  readonly ref: ObjectRef
  readonly look: DocumentLook
  readonly showing: Showing
  /** The last answer; null before there is one that is an object. */
  readonly object: object | null
}

/** What the screen inspects; null on every other screen. */
export function shownDocument(state: State): ShownDocument | null {
  const view = currentView(state)
  const { screen } = view
  if (screen.kind !== 'inspect') return null
  const { object: ref } = screen
  const look = lookOf(view, ref)
  return {
    ref,
    look,
    showing: { kind: ref.kind, format: look.format, isRevealed: isRevealed(state) },
    object: objectOf(findResource(state, { kind: 'object', object: ref })),
  }
}

const lookOf = (view: View, { kind }: ObjectRef): DocumentLook => view.document ?? firstLook(kind)

export const objectOf = (resource: Resource | null): object | null => {
  const value = resource?.value
  return typeof value === 'object' && value !== null ? value : null
}

/** Whether what is masked as a rule is shown, on a person's word, until the screen is left. */
export const isRevealed = (state: State): boolean => state.navigation.revealed === screenKey(currentView(state).screen)

/** The lines on the screen, what is folded in one line each. */
export function shownLines(state: State): readonly DocumentLine[] {
  const shown = shownDocument(state)
  return shown?.object == null ? NONE : documentLines(shown.object, shown.look.folds, shown.showing)
}

const NONE: readonly DocumentLine[] = []

/** How many values of the object are masked. */
export function countMasked(state: State): number {
  const shown = shownDocument(state)
  return shown?.object == null ? 0 : preparedDocument(shown.object, shown.showing).masked
}

/** What has changed in the object since it was opened. */
export function changedSince(state: State): Changed {
  const { inspected } = state
  const shown = shownDocument(state)
  return shown?.object == null || inspected?.first == null ? UNCHANGED : changedParts(inspected.first, shown.object)
}

const UNCHANGED: Changed = { values: new Set(), holders: new Set() }
