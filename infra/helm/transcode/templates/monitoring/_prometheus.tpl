{{/*
infra/monitoring's configuration, for this release alone: another one in the namespace has its own Prometheus. Links begin with the addresses that
people have.
*/}}
{{- define "transcode.prometheusConfig" -}}
{{- $config := .Files.Get "files/monitoring/prometheus.yml" | fromYaml -}}
{{- $own := dict "action" "keep" "source_labels" (list "__meta_kubernetes_pod_label_app_kubernetes_io_instance") "regex" .Release.Name -}}
{{- $service := dict "action" "keep" "source_labels" (list "__meta_kubernetes_service_label_app_kubernetes_io_instance") "regex" .Release.Name -}}
{{- range $config.scrape_configs -}}
{{- if .kubernetes_sd_configs -}}{{- $_ := set . "relabel_configs" (prepend .relabel_configs $own) -}}{{- end -}}
{{- end -}}
{{- range $config.alerting.alertmanagers -}}
{{- $_ := set . "relabel_configs" (prepend .relabel_configs $service) -}}
{{- end -}}
{{- with .Values.monitoring.alertmanager.externalUrl -}}
{{- $url := urlParse . -}}
{{- $there := dict "scheme" $url.scheme "static_configs" (list (dict "targets" (list $url.host))) -}}
{{- with $url.path | trimSuffix "/" -}}{{- $_ := set $there "path_prefix" . -}}{{- end -}}
{{- $_ := set $config.alerting "alertmanagers" (list $there) -}}
{{- end -}}
{{- $_ := set $config.global.external_labels "runbooks" .Values.monitoring.runbooksUrl -}}
{{- with include "transcode.grafanaHost" . -}}
{{- $_ := set $config.global.external_labels "grafana" (printf "%s://%s" (include "transcode.scheme" $) .) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}
