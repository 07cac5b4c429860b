import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { OUR_ALERTS } from '../alerts.ts';
import { COLOUR } from '../colours.ts';
import { max } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';
import { DATA_SOURCE } from './variables.ts';

/** Marks in time on every graph: when another version came, and since when alerts fire. */
export function frameAnnotations(): AnnotationQueryBuilder[] {
  return [
    marks('Deployments', COLOUR.blue)
      .expr(`${versions()} unless ${versions(' offset 2m')}`)
      .titleFormat('{{component}} {{version}}')
      .textFormat('This version was not there before')
      .tagKeys('component,version'),
    marks('Alerts', COLOUR.broken)
      .expr(`max by (alertname, severity, component) (${OUR_ALERTS})`)
      .titleFormat('{{alertname}}')
      .textFormat('{{severity}}, {{component}}')
      .tagKeys('severity,component'),
  ];
}

/** The versions that run, or that ran a while ago. */
function versions(ago = ''): string {
  return max(['component', 'version'], `${series('buildInfo')}${ago}`);
}

function marks(name: string, colour: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATA_SOURCE)
    .enable(true)
    .hide(false)
    .iconColor(colour)
    .step('1m');
}
