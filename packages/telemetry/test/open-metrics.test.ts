import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { expect, test } from 'vitest';
import { createMetrics, measure } from '../src/index.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

test('OpenMetrics leads from a bucket to a trace, and the text of old does not change', async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const metrics = createMetrics('api');
  try {
    const labels = { method: 'GET', route: '/api/v1/videos', status: '200' } as const;
    const within = (traceFlags: number, seconds: number): void => {
      const span = { traceId: TRACE, spanId: 'b7ad6b7169203331', traceFlags };
      context.with(trace.setSpanContext(context.active(), span), () =>
        measure.observe('httpRequestSeconds', labels, seconds),
      );
    };
    within(1, 0.03);
    within(0, 0.3);
    within(1, 60);
    const { contentType, body } = await metrics.scrape('application/openmetrics-text;version=1.0.0,text/plain;q=0.5');
    expect(contentType).toContain('application/openmetrics-text');
    const buckets = body
      .split('\n')
      .filter((line) => line.startsWith('transcode_http_request_duration_seconds_bucket'));
    const led = buckets.filter((line) => line.includes(' # {')).map((line) => /le="([^"]+)"/.exec(line)?.[1]);
    expect(led).toEqual(['0.05', '+Inf']);
    expect(buckets.find((line) => line.includes('le="0.05"'))).toMatch(
      new RegExp(`1 # \\{trace_id="${TRACE}"\\} 0.03 \\d+\\.\\d{3}$`),
    );
    expect(body).toContain('# TYPE transcode_upload_bytes counter\ntranscode_upload_bytes_total 0');
    expect(body).not.toMatch(/\n\n/);
    expect(body.endsWith('\n# EOF\n')).toBe(true);
    const plain = await metrics.scrape();
    expect(plain.contentType).toContain('text/plain');
    expect(plain.body).not.toContain(' # {');
  } finally {
    metrics.close();
    context.disable();
  }
});
