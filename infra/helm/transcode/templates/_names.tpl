{{/* The name of a part's objects: list $ "api". */}}
{{- define "transcode.name" -}}
{{- $root := index . 0 -}}
{{ $root.Values.namePrefix }}{{ index . 1 }}
{{- end -}}

{{/* What selects a part's pods, and never changes: list $ "worker-cpu". */}}
{{- define "transcode.selector" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
app.kubernetes.io/name: transcode
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ include "transcode.component" $part }}
component: {{ $part }}
{{- end -}}

{{/* Workers are one component, whatever they serve: Prometheus finds them by it. */}}
{{- define "transcode.component" -}}
{{ ternary "worker" . (hasPrefix "worker-" .) }}
{{- end -}}

{{/* Labels of a part's objects: list $ "api". */}}
{{- define "transcode.labels" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{ include "transcode.selector" . }}
app: {{ ternary "transcode" $part (or (has $part (list "api" "console")) (hasPrefix "worker-" $part)) }}
app.kubernetes.io/part-of: transcode
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The metadata of a part's object: dict "root" $ "part" "api" "name" "api-service" "annotations" (dict). */}}
{{- define "transcode.metadata" -}}
name: {{ include "transcode.name" (list .root (.name | default .part)) }}
namespace: {{ .root.Release.Namespace | quote }}
labels: {{- include "transcode.labels" (list .root .part) | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* An image of ours as it is pulled, with the release's tag unless told: list $ .Values.api.image. */}}
{{- define "transcode.ownImage" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $tag := $image.tag | default $root.Values.global.image.tag | default (printf "v%s" $root.Chart.AppVersion) -}}
{{ include "transcode.image" (list $root (merge (dict "tag" $tag) $image)) }}
{{- end -}}

{{/* An image as it is pulled: list $ .Values.postgres.image. */}}
{{- define "transcode.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- with $root.Values.global.image.registry | default $image.registry -}}{{ . }}/{{- end -}}
{{- $image.repository -}}
{{- with $image.tag -}}:{{ . }}{{- end -}}
{{- with $image.digest -}}@{{ . }}{{- end -}}
{{- end -}}
