{{/* The Services of a StatefulSet, by its name and headless: dict "root" $ "part" "postgres" "name" "postgres" "port" 5432. */}}
{{- define "transcode.dataServices" -}}
{{- $root := .root -}}
{{- $part := .part -}}
{{- $ports := .ports -}}
{{- range list "" "-headless" }}
---
apiVersion: v1
kind: Service
metadata: {{- include "transcode.metadata" (dict "root" $root "part" $part "name" (printf "%s%s" $part .)) | nindent 2 }}
spec:
  {{- if . }}
  clusterIP: None
  publishNotReadyAddresses: true
  {{- end }}
  selector: {{- include "transcode.selector" (list $root $part) | nindent 4 }}
  ports:
    {{- range $name, $port := $ports }}
    - { name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }} }
    {{- end }}
{{- end }}
{{- end -}}

{{/* What every StatefulSet of one pod says: the same. */}}
{{- define "transcode.statefulSpec" -}}
serviceName: {{ include "transcode.name" (list .root (printf "%s-headless" .part)) }}
replicas: 1
selector: { matchLabels: {{ include "transcode.selector" (list .root .part) | fromYaml | toJson }} }
{{- end -}}
