import { ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/gauge';
import { tell, type About } from './about.ts';

/** A share of one, as a dial. */
export function gauge(about: About): PanelBuilder {
  return tell(new PanelBuilder(), { height: 4, ...about })
    .min(0)
    .max(1)
    .showThresholdMarkers(true)
    .showThresholdLabels(false)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
}
