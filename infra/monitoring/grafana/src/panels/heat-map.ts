import { HeatmapCellLayout, TooltipDisplayMode, VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import {
  CellValuesBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapTooltipBuilder,
  PanelBuilder,
  RowsHeatmapOptionsBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { tell, type About } from './about.ts';

export interface HeatMap extends About {
  /** A variable, for each value of which there is one. */
  readonly repeat?: string;
}

/** How many values of a histogram fell into each of its buckets, over time. */
export function heatMap(about: HeatMap): PanelBuilder {
  const panel = tell(new PanelBuilder(), about)
    .calculate(false)
    .maxDataPoints(120)
    .rowsFrame(new RowsHeatmapOptionsBuilder().layout(HeatmapCellLayout.Auto).value('Number'))
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme('Cividis')
        .steps(64)
        .exponent(0.5)
        .fill('dark-blue'),
    )
    .cellValues(new CellValuesBuilder().unit('short').decimals(0))
    .yAxis(new YAxisConfigBuilder().unit(about.unit))
    .showValue(VisibilityMode.Never)
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).showColorScale(true))
    .showLegend();
  return about.repeat === undefined ? panel : panel.repeat(about.repeat).repeatDirection('h').maxPerRow(3);
}
