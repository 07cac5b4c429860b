{{/*
What scales by itself, by part: its values of autoscaling, what it requests, and what counts: percents of that, and where somebody tells it
the tasks for each pod, of those with the labels. Parts whose number is held are not in it.
*/}}
{{- define "transcode.scaled" -}}
{{- $parts := dict "api" (dict "path" "api" "pod" .Values.api) "worker-cpu" (dict "path" "workers.cpu" "pod" .Values.workers.cpu
  "labels" (dict "class" "cpu")) -}}
{{- if .Values.workers.gpu.enabled -}}
{{- $_ := set $parts "worker-gpu" (dict "path" "workers.gpu" "pod" .Values.workers.gpu
  "labels" (dict "class" "gpu" "priority" "high")) -}}
{{- end -}}
{{- range $part, $one := $parts -}}
{{- if $one.pod.autoscaling.enabled }}
{{ $part }}:
  path: {{ $one.path }}
  scaling: {{- toYaml $one.pod.autoscaling | nindent 4 }}
  requests: {{- toYaml ($one.pod.resources.requests | default dict) | nindent 4 }}
  {{- /* The number of tasks counts where somebody tells it. What fills its processors by design is then no reason for more. */}}
  {{- $backlog := and (hasKey $one "labels") (ne $.Values.autoscaling.backlog "none") }}
  cpuPercent: {{ ternary 0 $one.pod.autoscaling.cpuPercent (and $backlog (not $.Values.autoscaling.cpuBesideBacklog)) }}
  memoryPercent: {{ $one.pod.autoscaling.memoryPercent }}
  {{- if $backlog }}
  tasks: {{ $one.pod.autoscaling.tasksPerWorker }}
  labels: {{- toYaml $one.labels | nindent 4 }}
  {{- end }}
  keda: {{ ternary true false (and $backlog (eq $.Values.autoscaling.backlog "keda")) }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The number of a Deployment: list $ "api" .Values.api. Beside an autoscaler, ours or not, there is none: an upgrade would set it back, or be refused. */}}
{{- define "transcode.replicas" -}}
{{- $pod := index . 2 -}}
{{- if not (or $pod.autoscaling.enabled (eq (toString $pod.replicas) "external")) -}}
replicas: {{ ternary $pod.autoscaling.minReplicas $pod.replicas (eq (toString $pod.replicas) "") }}
{{- end -}}
{{- end -}}

{{/* Where KEDA, which is in another namespace, asks. */}}
{{- define "transcode.prometheusFromAfar" -}}
{{- if .Values.monitoring.prometheus.enabled -}}
http://{{ include "transcode.name" (list . "prometheus") }}.{{ .Release.Namespace }}.svc:9090
{{- else -}}
{{ .Values.monitoring.prometheus.externalUrl }}
{{- end -}}
{{- end -}}

{{/* Where the adapter, or KEDA, asks from: what was named, or where its own chart puts it. */}}
{{- define "transcode.backlogPeers" -}}
{{- $usual := dict
  "adapter" (dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" "monitoring")) "podSelector" (dict "matchLabels" (dict "app.kubernetes.io/name" "prometheus-adapter")))
  "keda" (dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" "keda")) "podSelector" (dict "matchLabels" (dict "app" "keda-operator"))) -}}
{{- with .Values.networkPolicy.backlogPeers -}}
{{ toYaml . }}
{{- else -}}
{{ list (get $usual .Values.autoscaling.backlog) | toYaml }}
{{- end -}}
{{- end -}}

{{/* What cannot settle, or has nothing to go by. */}}
{{- define "transcode.scalingGuards" -}}
{{- $scaled := include "transcode.scaled" . | fromYaml -}}
{{- range $path, $pod := dict "api" .Values.api "workers.cpu" .Values.workers.cpu "workers.gpu" .Values.workers.gpu -}}
{{- if and $pod.autoscaling.enabled (ne (toString $pod.replicas) "") -}}
{{- fail (printf "%s.replicas would be undone by the autoscaler: set %s.autoscaling.minReplicas, or %s.autoscaling.enabled=false to hold the number." $path $path $path) -}}
{{- end -}}
{{- end -}}
{{- range $part, $one := $scaled -}}
{{- if gt (int $one.scaling.minReplicas) (int $one.scaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling.minReplicas is more than maxReplicas." $one.path) -}}
{{- end -}}
{{- if not (or (gt (int $one.cpuPercent) 0) (gt (int $one.memoryPercent) 0) $one.tasks) -}}
{{- fail (printf "%s.autoscaling has nothing to go by: set cpuPercent or memoryPercent, or enabled=false and replicas." $one.path) -}}
{{- end -}}
{{- range $resource, $percent := dict "cpu" $one.cpuPercent "memory" $one.memoryPercent -}}
{{- if and (gt (int $percent) 0) (not (get ($one.requests | default dict) $resource)) -}}
{{- fail (printf "%s.autoscaling.%sPercent is of what is requested: set %s.resources.requests.%s." $one.path $resource $one.path $resource) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $backlog := .Values.autoscaling.backlog -}}
{{- if ne $backlog "none" -}}
{{- /* While nobody is to work, as during a restore, it stays as it is. */ -}}
{{- if not (or (hasKey $scaled "worker-cpu") (hasKey $scaled "worker-gpu") (eq (toString .Values.workers.cpu.replicas) "0")) -}}
{{- fail (printf "autoscaling.backlog=%s scales workers, and the number of all of them is held: set autoscaling.backlog=none, or workers.cpu.autoscaling.enabled=true." $backlog) -}}
{{- end -}}
{{- if and (eq $backlog "keda") (not (include "transcode.prometheusUrl" .)) -}}
{{- fail "autoscaling.backlog=keda asks a Prometheus: set monitoring.prometheus.enabled=true, or monitoring.prometheus.externalUrl." -}}
{{- end -}}
{{- if and (eq $backlog "adapter") (not (include "transcode.prometheusUrl" .)) (not .Values.monitoring.operator.enabled) -}}
{{- fail "autoscaling.backlog=adapter needs a Prometheus with our rules: set monitoring.prometheus.enabled=true, or monitoring.operator.enabled=true." -}}
{{- end -}}
{{- end -}}
{{- if and .Values.autoscaling.markBusyWorkers .Values.networkPolicy.enabled -}}
{{- range .Values.networkPolicy.kubernetesApi.peers -}}
{{- if and .ipBlock (hasSuffix "/0" .ipBlock.cidr) -}}
{{- fail "With autoscaling.markBusyWorkers workers reach the API of Kubernetes, and networkPolicy.kubernetesApi.peers lets them reach everybody: name its address there (kubectl get endpointslices -n default)." -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.networkPolicy.backlogPeers (eq $backlog "none") -}}
{{- fail "networkPolicy.backlogPeers is who asks for the backlog: set autoscaling.backlog to adapter or keda." -}}
{{- end -}}
{{- end -}}
