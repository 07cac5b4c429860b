{{/*
What the classes call the settings of an Ingress: dict "root" $. No snippets. The API holds what is said here by itself too (sizes, rates, HSTS),
so one that is missing opens nothing.
*/}}
{{- define "transcode.ingressAnnotations" -}}
{{- $ingress := .Values.ingress -}}
{{- $tls := $ingress.tls.enabled -}}
{{- if eq $ingress.controller "ingress-nginx" }}
nginx.ingress.kubernetes.io/proxy-body-size: {{ $ingress.bodySize | quote }}
nginx.ingress.kubernetes.io/proxy-request-buffering: 'off'
nginx.ingress.kubernetes.io/proxy-buffering: 'off'
nginx.ingress.kubernetes.io/proxy-http-version: '1.1'
nginx.ingress.kubernetes.io/proxy-read-timeout: {{ $ingress.timeoutSeconds | quote }}
nginx.ingress.kubernetes.io/proxy-send-timeout: {{ $ingress.timeoutSeconds | quote }}
nginx.ingress.kubernetes.io/limit-rps: {{ $ingress.requestsPerSecond | quote }}
nginx.ingress.kubernetes.io/ssl-redirect: {{ $tls | quote }}
nginx.ingress.kubernetes.io/force-ssl-redirect: {{ $tls | quote }}
{{- else if eq $ingress.controller "nginx" }}
nginx.org/client-max-body-size: {{ $ingress.bodySize | quote }}
nginx.org/proxy-buffering: 'False'
nginx.org/proxy-read-timeout: {{ printf "%vs" $ingress.timeoutSeconds | quote }}
nginx.org/proxy-send-timeout: {{ printf "%vs" $ingress.timeoutSeconds | quote }}
nginx.org/limit-req-rate: {{ printf "%vr/s" $ingress.requestsPerSecond | quote }}
nginx.org/limit-req-key: '${binary_remote_addr}'
nginx.org/limit-req-zone-size: 10m
nginx.org/limit-req-burst: {{ $ingress.requestsPerSecond | quote }}
nginx.org/limit-req-no-delay: 'true'
nginx.org/redirect-to-https: {{ ternary "True" "False" $tls | quote }}
nginx.org/hsts: {{ ternary "True" "False" $tls | quote }}
{{- else if eq $ingress.controller "traefik" }}
traefik.ingress.kubernetes.io/router.entrypoints: {{ ternary "websecure" "web" $tls }}
traefik.ingress.kubernetes.io/router.tls: {{ $tls | quote }}
{{- else if eq $ingress.controller "haproxy" }}
haproxy.org/ssl-redirect: {{ $tls | quote }}
haproxy.org/timeout-server: {{ printf "%vs" $ingress.timeoutSeconds | quote }}
haproxy.org/rate-limit-requests: {{ mul $ingress.requestsPerSecond 10 | quote }}
haproxy.org/rate-limit-period: 10s
{{- end }}
{{- if $tls }}
{{- with ternary "" $ingress.tls.clusterIssuer (ne $ingress.tls.issuer "") }}
cert-manager.io/cluster-issuer: {{ . }}
{{- end }}
{{- with $ingress.tls.issuer }}
cert-manager.io/issuer: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* All that is reached from outside: a list of part, service, port and hosts. */}}
{{- define "transcode.doors" -}}
- { part: api, service: api-service, port: 80, hosts: [{{ range .Values.ingress.hosts }}{{ .host | quote }},{{ end }}] }
{{- with include "transcode.grafanaHost" . }}
- { part: grafana, service: grafana, port: 3000, hosts: [{{ . | quote }}] }
{{- end }}
{{- with include "transcode.jaegerHost" . }}
- { part: jaeger, service: jaeger, port: 8080, hosts: [{{ . | quote }}] }
{{- end }}
{{- end -}}

{{/* The Secret with a door's certificate: one for each, as each Ingress asks for its own. */}}
{{- define "transcode.certificate" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{ $root.Values.ingress.tls.secretName | default (include "transcode.name" (list $root "transcode-tls")) }}{{ ternary "" (printf "-%s" $part) (eq $part "api") }}
{{- end -}}
