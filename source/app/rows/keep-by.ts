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

/** As `keepBy`, for what is made of two objects. */
export function keepByBoth<A extends object, B extends object, V>(
  compute: (one: A, other: B) => V,
): (one: A, other: B) => V {
  const byOne = keepBy((one: A) => keepBy((other: B) => compute(one, other)))
  return (one, other) => byOne(one)(other)
}

/**
 * The same for what depends on more than the object: the last value for each object is kept while all the rest is
 * still the same.
 */
export function keepLastBy<K extends object, R extends readonly unknown[], V>(
  compute: (key: K, ...rest: R) => V,
): (key: K, ...rest: R) => V {
  const kept = new WeakMap<K, { readonly rest: R; readonly value: V }>()
  return (key, ...rest) => {
    const found = kept.get(key)
    if (found?.rest.every((part, index) => part === rest[index])) return found.value
    const value = compute(key, ...rest)
    kept.set(key, { rest, value })
    return value
  }
}
