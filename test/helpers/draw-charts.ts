import type { Charts } from '../../source/view/charts/use-charts.ts'

/** Every chart once, in about this size. */
export function drawEveryChart(charts: Charts, width: number, height: number): void {
  const numbers = Array.from({ length: width - 8 }, (_, index) => index % 7)
  const labels = numbers.map(String)
  charts.drawLines({ area: { width, height }, labels, series: [numbers, numbers.toReversed()], least: 0, most: 9 })
  charts.drawSparkline(numbers)
  charts.drawGauges([0, 0.4, 1], width)
  const shares = [
    { label: 'CPU', share: 0.4 },
    { label: 'memory', share: 0.9 },
  ]
  charts.drawDonuts(shares, { width: charts.donutsWidth(2, height), height })
}
