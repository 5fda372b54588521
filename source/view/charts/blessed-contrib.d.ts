/**
 * The files of blessed-contrib that are asked for one by one, since its index loads far more, and as much of them as is
 * used here: its own types differ from what it does.
 */
declare module 'blessed-contrib/lib/widget/charts/line.js' {
  import type { Widgets } from 'blessed'

  type LineData = { x: readonly string[]; y: readonly number[]; style: { line: string } }

  class Line extends Widgets.BoxElement {
    constructor(options: {
      screen: Widgets.Screen
      width: number
      height: number
      style: { line: string; text: string; baseline: string }
      numYLabels: number
      wholeNumbersOnly: boolean
      minY: number
      maxY: number
    })
    setData(data: readonly LineData[]): void
  }

  export = Line
}

declare module 'blessed-contrib/lib/widget/sparkline.js' {
  import type { Widgets } from 'blessed'

  class Sparkline extends Widgets.BoxElement {
    constructor(options: { screen: Widgets.Screen; width: number; height: number })
    setData(titles: readonly string[], data: readonly (readonly number[])[]): void
  }

  export = Sparkline
}

declare module 'blessed-contrib/lib/widget/gauge.js' {
  import type { Widgets } from 'blessed'

  class Gauge extends Widgets.BoxElement {
    constructor(options: { screen: Widgets.Screen; width: number; height: number; stroke: string; showLabel: boolean })
    setData(percent: number): void
  }

  export = Gauge
}

declare module 'blessed-contrib/lib/widget/donut.js' {
  import type { Widgets } from 'blessed'

  type DonutData = { percent: number; label: string; color: string }

  class Donut extends Widgets.BoxElement {
    constructor(options: {
      screen: Widgets.Screen
      width: number
      height: number
      radius: number
      arcWidth: number
      fill: string
      remainColor: string
      data: readonly DonutData[]
    })
  }

  export = Donut
}
