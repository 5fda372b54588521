import { useEffect, useState } from 'react'

/** What draws the charts: blessed-contrib, and all of blessed with it. */
export type Charts = typeof import('./blessed-charts.ts')

export type LoadedCharts = { readonly charts: Charts } | { readonly problem: string }

let loaded: LoadedCharts | null = null

/** Brings what draws the charts, which takes as long as the first frame did: when they are first opened, and once. */
export async function loadCharts(): Promise<LoadedCharts> {
  loaded ??= await import('./blessed-charts.ts').then(
    charts => ({ charts }),
    (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
  )
  return loaded
}

/** The charts, or why they cannot be loaded; null until either is known. */
export function useCharts(): LoadedCharts | null {
  const [known, setKnown] = useState(loaded)
  useEffect(() => {
    if (known !== null) return
    let isShown = true
    void loadCharts().then(now => {
      if (isShown) setKnown(now)
    })
    return () => {
      isShown = false
    }
  }, [known])
  return known
}
