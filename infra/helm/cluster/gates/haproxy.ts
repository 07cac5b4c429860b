import { inWords, type Annotations, type Gate, type Words } from './gate.ts';

const PREFIX = 'haproxy.org/';
/** Those of a backend; the others are a frontend's. */
const WORDS: Readonly<Record<string, Words>> = {
  'timeout-server': (value) => [`timeout server ${value}`],
  'ssl-redirect': () => [],
  'rate-limit-requests': () => [],
  'rate-limit-period': () => [],
};

/** HAProxy as its controller would set it up for an Ingress with these annotations, with the times that the controller has by itself. */
export function haproxyCfg(annotations: Annotations, { http, https, upstream, folder }: Gate): string {
  const of = (name: string): string => annotations[PREFIX + name] ?? '';
  return `
global
  stats timeout 30s
defaults
  mode http
  option forwardfor
  timeout connect 5s
  timeout client 50s
  timeout http-request 5s
  timeout http-keep-alive 1m
  timeout queue 5s
  timeout server 50s
  timeout tunnel 1h
frontend gate
  bind 127.0.0.1:${http}
  bind 127.0.0.1:${https} ssl crt ${folder}/tls.pem
  ${of('ssl-redirect') === 'true' ? 'http-request redirect scheme https code 302 unless { ssl_fc }' : ''}
  http-request track-sc0 src table rates
  http-request deny deny_status 403 if { sc_http_req_rate(0,rates) gt ${of('rate-limit-requests')} }
  http-request set-header X-Forwarded-Proto https if { ssl_fc }
  default_backend api
backend rates
  stick-table type ip size 100k expire ${of('rate-limit-period')} store http_req_rate(${of('rate-limit-period')})
backend api
  ${inWords(annotations, PREFIX, WORDS).join('\n  ')}
  server api 127.0.0.1:${upstream}
`;
}
