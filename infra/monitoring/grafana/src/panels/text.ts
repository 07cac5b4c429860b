import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';

/** A sentence that has to be read before the graphs below it. */
export function text(title: string, content: string, height: number): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(content)
    .mode(TextMode.Markdown)
    .content(content)
    .span(24)
    .height(height);
}
