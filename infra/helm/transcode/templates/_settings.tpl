{{/*
What the chart itself sets of the settings that are no secrets, for all processes; each gets what it reads, by the contract's list. Ports stand
in the Deployments.
*/}}
{{- define "transcode.ownSettings" -}}
{{- $monitoring := .Values.monitoring -}}
STORAGE_URL: {{ include "transcode.storageUrl" . }}
{{- if include "transcode.ownS3" . }}
S3_ENDPOINT: http://{{ include "transcode.name" (list . "seaweedfs") }}:8333
AWS_REGION: us-east-1
{{- else }}
{{- with .Values.storage.s3.endpoint }}
S3_ENDPOINT: {{ . }}
{{- end }}
{{- with .Values.storage.s3.region }}
AWS_REGION: {{ . }}
{{- end }}
{{- end }}
{{- with include "transcode.otlp" . }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ . }}
{{- end }}
HOST: {{ .Values.listenAddress | quote }}
CONSOLE_URL: http://{{ include "transcode.name" (list . "console") }}:3000
API_URL: http://{{ include "transcode.name" (list . "api-service") }}
{{- with include "transcode.publicUrl" . }}
PUBLIC_URL: {{ . }}
{{- end }}
TRUSTED_PROXIES: {{ join "," .Values.ingress.trustedProxies | quote }}
MEDIA_ORIGINS: {{ include "transcode.mediaOrigins" . | quote }}
{{- with include "transcode.traceUrl" . }}
TRACE_URL: {{ . | quote }}
{{- end }}
{{- with include "transcode.prometheusUrl" . }}
PROMETHEUS_URL: {{ . }}
{{- end }}
{{- with include "transcode.alertmanagerUrl" . }}
ALERTMANAGER_URL: {{ . }}
{{- end }}
{{- with include "transcode.grafanaHost" . }}
GRAFANA_URL: {{ include "transcode.scheme" $ }}://{{ . }}
{{- end }}
SCRATCH_DIR: /scratch
{{- end -}}

{{/* The data of a process's ConfigMap: dict "root" $ "reader" "api" "more" (dict). */}}
{{- define "transcode.settings" -}}
{{- $contract := .root.Files.Get "files/contract.yaml" | fromYaml -}}
{{- $own := include "transcode.ownSettings" .root | fromYaml -}}
{{- /* The API tells of what lies there. */ -}}
{{- if .root.Values.backup.enabled -}}
{{- $own = merge (include "transcode.backupSettings" .root | fromYaml) $own -}}
{{- end -}}
{{- $own = merge (include "transcode.copySettings" .root | fromYaml) $own -}}
{{- $all := merge (dict) (.more | default dict) .root.Values.settings $own -}}
{{- $reader := .reader -}}
{{- range $name, $value := $all -}}
{{- if has $reader (get $contract.settings $name).readers }}
{{ $name }}: {{ include "transcode.asText" $value | quote }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Numbers from a values file are floating: a large one would be written with an exponent. */}}
{{- define "transcode.asText" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) -}}{{ printf "%.0f" . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{- define "transcode.storageUrl" -}}
{{- $prefix := .Values.storage.s3.prefix | trimAll "/" -}}
s3://{{ .Values.storage.s3.bucket | default "transcode" }}{{ with $prefix }}/{{ . }}{{ end }}
{{- end -}}

{{/* Where a page has to be allowed to fetch segments from, if the API sends it there. */}}
{{- define "transcode.mediaOrigins" -}}
{{- if eq (toString (get .Values.settings "MEDIA_REDIRECT" | default "false")) "true" -}}
{{- $parts := urlParse .Values.storage.s3.endpoint -}}
{{ ternary (printf "%s://%s" $parts.scheme $parts.host) "https://*.amazonaws.com" (ne .Values.storage.s3.endpoint "") }}
{{- end -}}
{{- end -}}
