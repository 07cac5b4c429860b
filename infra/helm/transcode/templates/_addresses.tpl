{{/* The first host that people go to. */}}
{{- define "transcode.host" -}}
{{- if and .Values.ingress.enabled .Values.ingress.hosts -}}{{ (first .Values.ingress.hosts).host }}{{- end -}}
{{- end -}}

{{- define "transcode.scheme" -}}
{{ ternary "https" "http" .Values.ingress.tls.enabled }}
{{- end -}}

{{- define "transcode.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{ .Values.publicUrl }}
{{- else -}}
{{- with include "transcode.host" . -}}{{ include "transcode.scheme" $ }}://{{ . }}{{- end -}}
{{- end -}}
{{- end -}}

{{/* The host of something beside it: dict "root" $ "name" "grafana" "given" "". `api.example.com` has `grafana.example.com`. */}}
{{- define "transcode.besideHost" -}}
{{- $host := include "transcode.host" .root -}}
{{- if and .root.Values.ingress.enabled .given (ne .given "none") -}}
{{ .given }}
{{- else if and $host (ne .given "none") -}}
{{- $names := splitList "." $host -}}
{{ .name }}.{{ ternary (rest $names | join ".") $host (gt (len $names) 2) }}
{{- end -}}
{{- end -}}

{{- define "transcode.grafanaHost" -}}
{{- if .Values.monitoring.grafana.enabled -}}
{{ include "transcode.besideHost" (dict "root" . "name" "grafana" "given" .Values.monitoring.grafana.host) }}
{{- end -}}
{{- end -}}

{{- define "transcode.jaegerHost" -}}
{{- if .Values.monitoring.tracing.enabled -}}
{{ include "transcode.besideHost" (dict "root" . "name" "jaeger" "given" .Values.monitoring.jaeger.host) }}
{{- end -}}
{{- end -}}

{{- define "transcode.traceUrl" -}}
{{- if .Values.monitoring.tracing.externalTraceUrl -}}
{{ .Values.monitoring.tracing.externalTraceUrl }}
{{- else -}}
{{- with include "transcode.jaegerHost" . -}}{{ include "transcode.scheme" $ }}://{{ . }}/trace/{trace_id}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Where processes send spans. */}}
{{- define "transcode.otlp" -}}
{{- if .Values.monitoring.tracing.enabled -}}
http://{{ include "transcode.name" (list . "otel-collector") }}:4318
{{- else -}}
{{ .Values.monitoring.tracing.externalEndpoint }}
{{- end -}}
{{- end -}}

{{- define "transcode.prometheusUrl" -}}
{{- if .Values.monitoring.prometheus.enabled -}}
http://{{ include "transcode.name" (list . "prometheus") }}:9090
{{- else -}}
{{ .Values.monitoring.prometheus.externalUrl }}
{{- end -}}
{{- end -}}

{{- define "transcode.alertmanagerUrl" -}}
{{- if .Values.monitoring.alertmanager.enabled -}}
http://{{ include "transcode.name" (list . "alertmanager") }}:9093
{{- else -}}
{{ .Values.monitoring.alertmanager.externalUrl }}
{{- end -}}
{{- end -}}
