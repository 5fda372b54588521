import { BINDINGS } from '../app/keys.ts'
import { TABLES, tableColumns } from '../app/rows/panel-rows.ts'
import type { Panel } from '../app/screen.ts'
import { type Complaint, sayUnknown, sayUnknownKey } from '../yaml/complaint.ts'
import type { ConfigurationText } from './configuration-schema.ts'
import { findClashes, rebind } from './rebind.ts'

/** What is wrong with a file whose every part is right by itself. */
export function checkConfiguration(text: ConfigurationText): readonly Complaint[] {
  return [...checkColumns(text), ...checkKeys(text)]
}

function checkColumns({ columns }: ConfigurationText): readonly Complaint[] {
  return Object.entries(columns).flatMap(([name, wanted]): readonly Complaint[] => {
    const path = ['columns', name]
    const panel = TABLES.find(known => known === name)
    if (panel === undefined) return [{ path, text: sayUnknownKey(['columns'], name, TABLES) }]
    return wanted.flatMap((column, index) => checkColumn([...path, index], panel, column, wanted.slice(0, index)))
  })
}

function checkColumn(
  path: Complaint['path'],
  panel: Panel,
  column: string,
  earlier: readonly string[],
): readonly Complaint[] {
  const names = tableColumns(panel)
  if (!names.includes(column)) return [{ path, text: sayUnknown(`column of ${panel}`, column, names) }]
  return earlier.includes(column) ? [{ path, text: `The column ${column} stands twice: leave one of them out` }] : []
}

function checkKeys({ keys }: ConfigurationText): readonly Complaint[] {
  const names = BINDINGS.map(({ name }) => name)
  const unknown = Object.keys(keys).filter(name => !names.includes(name))
  if (unknown.length > 0) {
    return unknown.map(name => ({ path: ['keys', name], text: sayUnknown('action', name, names) }))
  }
  return findClashes(rebind(BINDINGS, keys), Object.keys(keys)).map(({ name, text }) => ({
    path: ['keys', name],
    text,
  }))
}
