{{/* The parts that are there, as a list of names. */}}
{{- define "transcode.parts" -}}
- api
- console
- worker-cpu
- tools
{{- if .Values.backup.enabled }}
- postgres-backup
- restore
{{- if .Values.backup.redis.enabled }}
- redis-backup
{{- end }}
{{- end }}
{{- if include "transcode.drills" . }}
- drill
{{- end }}
{{- if .Values.workers.gpu.enabled }}
- worker-gpu
{{- end }}
{{- if .Values.postgres.enabled }}
- postgres
{{- end }}
{{- if .Values.redis.enabled }}
- redis
{{- end }}
{{- if include "transcode.ownS3" . }}
- seaweedfs
{{- end }}
{{- if .Values.monitoring.prometheus.enabled }}
- prometheus
{{- end }}
{{- if .Values.monitoring.alertmanager.enabled }}
- alertmanager
{{- end }}
{{- if .Values.monitoring.grafana.enabled }}
- grafana
{{- end }}
{{- if .Values.monitoring.tracing.enabled }}
- jaeger
- otel-collector
{{- end }}
{{- if .Values.tests.enabled }}
- test
{{- end }}
{{- end -}}
