{{/*
What all pods have alike: dict "root" $ "part" "api" "pod" .Values.api "user" 10001, and "token" true for who asks the cluster, "class" for the
class of priority that the chart makes.
*/}}
{{- define "transcode.pod" -}}
serviceAccountName: {{ include "transcode.name" (list .root .part) }}
automountServiceAccountToken: {{ .token | default false }}
# Variables of Services would be read as ours, such as a port.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- $selector := .pod.nodeSelector }}
{{- $tolerations := .pod.tolerations }}
{{- if .pod.spot }}
{{- $selector = merge (dict "workload-type" "spot") $selector }}
{{- $tolerations = append $tolerations (dict "key" "spot-instance" "operator" "Exists" "effect" "NoSchedule") }}
{{- end }}
{{- with $selector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.priorityClassName | default (ternary (include "transcode.priorityClass" (list .root .class)) "" (and .root.Values.priorityClasses.create (ne .class nil))) }}
priorityClassName: {{ . }}
{{- end }}
{{- if or .pod.autoscaling .pod.replicas }}
# Apart from each other where there is room; one node is enough.
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "transcode.selector" (list $.root $.part) | nindent 8 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The metadata of a part's pods: as above, and "checksums" of what they read at their start. */}}
{{- define "transcode.podMetadata" -}}
{{- /* Neither version nor chart: an upgrade that changes nothing for a pod leaves it alone. */}}
labels: {{- merge (omit (fromYaml (include "transcode.labels" (list .root .part))) "app.kubernetes.io/version" "helm.sh/chart") .pod.podLabels | toYaml | nindent 2 }}
{{- with merge (dict) (.checksums | default dict) .pod.podAnnotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What no container of ours may do. */}}
{{- define "transcode.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* The three probes by HTTP: dict "port" "http" "path" "/ready" "alive" "/health" "startSeconds" 120. */}}
{{- define "transcode.probes" -}}
startupProbe:
  httpGet: { path: {{ .alive }}, port: {{ .port }} }
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: {{ div .startSeconds 2 }}
livenessProbe:
  httpGet: { path: {{ .alive }}, port: {{ .port }} }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: {{ .path }}, port: {{ .port }} }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}

{{/* What waits until nobody sends new requests any more, before the process is told to stop. */}}
{{- define "transcode.preStop" -}}
preStop:
  exec: { command: [node, -e, 'setTimeout(() => {}, 10_000)'] }
{{- end -}}

{{/* The volume claim of a part that keeps something: list $ .Values.postgres.persistence. */}}
{{- define "transcode.claim" -}}
{{- $root := index . 0 -}}
{{- $claim := index . 1 -}}
metadata:
  name: data
  {{- with $claim.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  accessModes: [ReadWriteOnce]
  {{- with $claim.storageClass | default $root.Values.global.storageClass }}
  storageClassName: {{ . }}
  {{- end }}
  resources: { requests: { storage: {{ $claim.size }} } }
{{- end -}}

{{- define "transcode.priorityClass" -}}
{{- $root := index . 0 -}}
{{ $root.Release.Namespace }}-{{ include "transcode.name" (list $root (index . 1 | default "")) }}
{{- end -}}

{{/* Certificates that a process trusts besides the public ones, in three places: its environment, its mounts, and the pod's volumes. */}}
{{- define "transcode.trustEnv" -}}
{{- if .Values.global.trustedCertificates.configMap }}
- { name: NODE_EXTRA_CA_CERTS, value: /etc/transcode-trust/ca.crt }
{{- end }}
{{- end -}}
{{- define "transcode.trustMount" -}}
{{- if .Values.global.trustedCertificates.configMap }}
- { name: trust, mountPath: /etc/transcode-trust, readOnly: true }
{{- end }}
{{- end -}}
{{- define "transcode.trustVolume" -}}
{{- with .Values.global.trustedCertificates }}
{{- if .configMap }}
- name: trust
  configMap: { name: {{ .configMap }}, items: [{ key: {{ .key }}, path: ca.crt }] }
{{- end }}
{{- end }}
{{- end -}}
