import type { LabelChange } from './operation.ts'

/** Whether labels are as a change wants them. */
export const areLabelsSet = ({ set, unset }: LabelChange, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(set).every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value) &&
  unset.every(name => !Object.hasOwn(labels, name))
