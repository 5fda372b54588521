/**
 * Computes what is made of an object once for each object: of a cluster once a reading and not once a frame. `compute`
 * must look at nothing else.
 */
export function keepBy<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const kept = new WeakMap<K, { readonly value: V }>()
  return key => {
    const found = kept.get(key)
    if (found !== undefined) return found.value
    const value = compute(key)
    kept.set(key, { value })
    return value
  }
}
