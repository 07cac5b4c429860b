import {
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { paint, tell, type About } from './about.ts';

export interface TimeSeries extends About {
  /** The names of the series that there can be, where they are known: each has its colour. */
  readonly names?: readonly string[];
  /** Parts of a whole, one upon the other. */
  readonly stacked?: true;
  readonly max?: number;
  /** An axis that does not begin at 0, where only a part of it says something. */
  readonly from?: number;
  /** A line that others are compared with, dashed. */
  readonly reference?: string;
}

export function timeSeries(about: TimeSeries): PanelBuilder {
  const tooltip = new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi);
  tooltip.sort(SortOrder.Descending);
  const panel = tell(new PanelBuilder(), about)
    .min(about.from ?? 0)
    .axisSoftMin(about.from ?? 0)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(about.stacked === true ? 30 : 0)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(tooltip);
  if (about.stacked === true) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (about.max !== undefined) panel.max(about.max);
  if (about.limits !== undefined)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  if (about.reference !== undefined)
    panel.overrideByName(about.reference, [
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
      { id: 'color', value: { mode: 'fixed', fixedColor: '#999999' } },
    ]);
  return paint(panel, about.names ?? []);
}
