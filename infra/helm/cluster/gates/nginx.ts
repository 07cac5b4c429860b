import { inWords, type Annotations, type Gate, type Words } from './gate.ts';

const as =
  (directive: string): Words =>
  (value) => [`${directive} ${value};`];
const seconds =
  (directive: string): Words =>
  (value) => [`${directive} ${value.replace(/s$/, '')}s;`];
const isOn = (value: string): boolean => value.toLowerCase() === 'true';
/** Used where requests are redirected. */
const REDIRECT: Words = () => [];
/** Said with the zone of rates, or with another of these. */
const NOTHING: Words = () => [];

interface Preset {
  readonly prefix: string;
  /** What the controller says by itself, whatever the annotations are. */
  readonly always: readonly string[];
  readonly words: Readonly<Record<string, Words>>;
}

/** As the controllers' own templates have it. */
const PRESETS: Readonly<Record<'ingress-nginx' | 'nginx', Preset>> = {
  'ingress-nginx': {
    prefix: 'nginx.ingress.kubernetes.io/',
    always: ['proxy_set_header Connection "";'],
    words: {
      'proxy-body-size': as('client_max_body_size'),
      'proxy-request-buffering': as('proxy_request_buffering'),
      'proxy-buffering': as('proxy_buffering'),
      'proxy-http-version': as('proxy_http_version'),
      'proxy-read-timeout': seconds('proxy_read_timeout'),
      'proxy-send-timeout': seconds('proxy_send_timeout'),
      'limit-rps': (rate) => [`limit_req zone=rate burst=${Number(rate) * 5} nodelay;`],
      'ssl-redirect': REDIRECT,
      'force-ssl-redirect': REDIRECT,
    },
  },
  nginx: {
    prefix: 'nginx.org/',
    always: ['proxy_http_version 1.1;', 'proxy_set_header Connection "";'],
    words: {
      'client-max-body-size': as('client_max_body_size'),
      'proxy-buffering': (value) => [`proxy_buffering ${isOn(value) ? 'on' : 'off'};`],
      'proxy-read-timeout': seconds('proxy_read_timeout'),
      'proxy-send-timeout': seconds('proxy_send_timeout'),
      'limit-req-rate': NOTHING,
      'limit-req-key': NOTHING,
      'limit-req-zone-size': NOTHING,
      'limit-req-burst': (burst) => [`limit_req zone=rate burst=${burst} nodelay;`],
      'limit-req-no-delay': NOTHING,
      'redirect-to-https': REDIRECT,
      hsts: (value) => (isOn(value) ? ['add_header Strict-Transport-Security "max-age=2592000; preload" always;'] : []),
    },
  },
};

const rateOf = (annotations: Annotations): string =>
  annotations['nginx.org/limit-req-rate'] ?? `${annotations['nginx.ingress.kubernetes.io/limit-rps']}r/s`;

/** nginx as a controller would set it up for an Ingress with these annotations. */
export function nginxConf(
  controller: 'ingress-nginx' | 'nginx',
  annotations: Annotations,
  { http, https, upstream, folder }: Gate,
): string {
  const { prefix, words, always } = PRESETS[controller];
  const isRedirected = ['force-ssl-redirect', 'redirect-to-https'].some((name) =>
    isOn(annotations[prefix + name] ?? ''),
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
user root;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  limit_req_zone $binary_remote_addr zone=rate:5m rate=${rateOf(annotations)};
  server {
    listen 127.0.0.1:${http};
    ${isRedirected ? 'return 308 https://$host$request_uri;' : ''}
  }
  server {
    listen 127.0.0.1:${https} ssl;
    ssl_certificate ${folder}/tls.crt;
    ssl_certificate_key ${folder}/tls.key;
    location / {
      ${[...always, ...inWords(annotations, prefix, words)].join('\n      ')}
      proxy_set_header Host $host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Host $host;
      proxy_set_header X-Forwarded-Port 443;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_pass http://127.0.0.1:${upstream};
    }
  }
}
`;
}
