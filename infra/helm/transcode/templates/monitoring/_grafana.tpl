{{/* infra/monitoring's sources of data, without those that are not there. Logs stay where the cluster has them. */}}
{{- define "transcode.datasources" -}}
{{- $config := .Files.Get "files/monitoring/datasources.yml" | fromYaml -}}
{{- $there := dict "prometheus" (include "transcode.prometheusUrl" .) "alertmanager" (include "transcode.alertmanagerUrl" .) "jaeger" (ternary "yes" "" .Values.monitoring.tracing.enabled) -}}
{{- $kept := list -}}
{{- range $config.datasources -}}
{{- if get $there .type -}}
{{- if eq .type "jaeger" -}}{{- $_ := unset .jsonData "tracesToLogsV2" -}}{{- end -}}
{{- if and (eq .type "prometheus") (not (get $there "jaeger")) -}}{{- $_ := unset .jsonData "exemplarTraceIdDestinations" -}}{{- end -}}
{{- $kept = append $kept . -}}
{{- end -}}
{{- end -}}
{{- $_ := set $config "datasources" $kept -}}
{{- toYaml $config -}}
{{- end -}}
