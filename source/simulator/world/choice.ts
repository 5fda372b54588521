/**
 * Tasks that were placed together, and all nodes that any of them might have been given to: which of the tasks went where
 * is chance, and so is which of several nodes that are equally good.
 */
export type Choice = { readonly taskIds: readonly string[]; readonly nodeIds: readonly string[] }
