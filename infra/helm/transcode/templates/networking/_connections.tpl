{{/*
Every connection that there is, once, with who begins it: from it come both ends' policies. Between parts `to` and `port`; with what is
elsewhere `peers` at the other end, and `ports` or `port`. What is not here is refused both ways.
*/}}
{{- define "transcode.connections" -}}
{{- $policy := .Values.networkPolicy -}}
{{- $workers := ternary (list "worker-cpu" "worker-gpu") (list "worker-cpu") .Values.workers.gpu.enabled -}}
{{- $parts := include "transcode.parts" . | fromYamlArray -}}
{{- $s3Urls := list .Values.storage.s3.endpoint .Values.backup.endpoint .Values.copy.endpoint -}}
{{- $s3Ports := include "transcode.portsWith" (dict "ports" $policy.s3.ports "urls" $s3Urls) | fromYamlArray -}}
{{- $all := list -}}
{{- range $part := concat (list "api" "tools") $workers -}}
{{- $all = append $all (ternary (dict "from" $part "to" "postgres" "port" 5432) (dict "from" $part "peersTo" $.Values.postgres.external.peers "ports" (list $.Values.postgres.external.port)) $.Values.postgres.enabled) -}}
{{- $all = append $all (ternary (dict "from" $part "to" "redis" "port" 6379) (dict "from" $part "peersTo" $.Values.redis.external.peers "ports" (list $.Values.redis.external.port)) $.Values.redis.enabled) -}}
{{- if eq $part "tools" -}}
{{- else if include "transcode.ownS3" $ -}}
{{- $all = append $all (dict "from" $part "to" "seaweedfs" "port" 8333) -}}
{{- else -}}
{{- $all = append $all (dict "from" $part "peersTo" $policy.s3.peers "ports" $s3Ports) -}}
{{- end -}}
{{- end -}}
{{- /* It reads what there is of backups, to tell of it, and copies objects to the second store. */ -}}
{{- if and (or (and .Values.backup.enabled .Values.backup.url) .Values.copy.url) (include "transcode.ownS3" .) -}}
{{- $all = append $all (dict "from" "api" "peersTo" $policy.s3.peers "ports" $s3Ports) -}}
{{- end -}}
{{- range $part := list "postgres-backup" "redis-backup" "restore" "drill" -}}
{{- if eq $part "drill" -}}
{{- /* Its Postgres is in its own pod. */ -}}
{{- else if eq $part "redis-backup" -}}
{{- $all = append $all (ternary (dict "from" $part "to" "redis" "port" 6379) (dict "from" $part "peersTo" $.Values.redis.external.peers "ports" (list $.Values.redis.external.port)) $.Values.redis.enabled) -}}
{{- else -}}
{{- $all = append $all (ternary (dict "from" $part "to" "postgres" "port" 5432) (dict "from" $part "peersTo" $.Values.postgres.external.peers "ports" (list $.Values.postgres.external.port)) $.Values.postgres.enabled) -}}
{{- end -}}
{{- /* Objects are looked for by who knows their rows. */ -}}
{{- if and (include "transcode.ownS3" $) (or (ne $part "redis-backup") (not $.Values.backup.url)) -}}
{{- $all = append $all (dict "from" $part "to" "seaweedfs" "port" 8333) -}}
{{- end -}}
{{- if include "transcode.backupLeaves" $ -}}
{{- $all = append $all (dict "from" $part "peersTo" $policy.s3.peers "ports" $s3Ports) -}}
{{- end -}}
{{- end -}}
{{- /* Without keys in a Secret the AWS SDK has its own, on EKS of an agent beside the node. */ -}}
{{- if not (include "transcode.s3Keys" .) -}}
{{- range $part := concat (list "api" "postgres-backup" "redis-backup" "restore" "drill") $workers -}}
{{- $all = append $all (dict "from" $part "peersTo" $policy.podIdentity.peers "ports" $policy.podIdentity.ports) -}}
{{- end -}}
{{- end -}}
{{- $all = concat $all (list
  (dict "from" "api" "to" "console" "port" 3000)
  (dict "from" "console" "to" "api" "port" 8080)
  (dict "from" "api" "to" "prometheus" "port" 9090)
  (dict "from" "api" "to" "alertmanager" "port" 9093)
  (dict "from" "test" "to" "api" "port" 8080)
  (dict "from" "prometheus" "to" "api" "port" 9090)
  (dict "from" "prometheus" "to" "alertmanager" "port" 9093)
  (dict "from" "prometheus" "peersTo" $policy.kubernetesApi.peers "ports" $policy.kubernetesApi.ports)
  (dict "from" "grafana" "to" "prometheus" "port" 9090)
  (dict "from" "grafana" "to" "alertmanager" "port" 9093)
  (dict "from" "grafana" "to" "jaeger" "port" 16686)
  (dict "from" "otel-collector" "to" "jaeger" "port" 4317)
  (dict "from" "api" "to" "otel-collector" "port" 4318)
  (dict "from" "console" "to" "otel-collector" "port" 4318)
) -}}
{{- range $part := $workers -}}
{{- $all = concat $all (list (dict "from" "prometheus" "to" $part "port" 9091) (dict "from" $part "to" "otel-collector" "port" 4318)) -}}
{{- if $.Values.autoscaling.markBusyWorkers -}}
{{- $all = append $all (dict "from" $part "peersTo" $policy.kubernetesApi.peers "ports" $policy.kubernetesApi.ports) -}}
{{- end -}}
{{- end -}}
{{- if include "transcode.tellsPeople" . -}}
{{- $channels := .Values.monitoring.alertmanager.channels -}}
{{- $told := list (printf "smtp://%s" $channels.email.smarthost) $channels.webhook.url -}}
{{- $ports := include "transcode.portsWith" (dict "ports" $policy.alerts.ports "urls" $told) | fromYamlArray -}}
{{- $all = append $all (dict "from" "alertmanager" "peersTo" $policy.alerts.peers "ports" $ports) -}}
{{- end -}}
{{- with $policy.prometheusPeers -}}
{{- $all = append $all (dict "peersFrom" . "to" "prometheus" "port" 9090) -}}
{{- end -}}
{{- if ne .Values.autoscaling.backlog "none" -}}
{{- $all = append $all (dict "peersFrom" (include "transcode.backlogPeers" . | fromYamlArray) "to" "prometheus" "port" 9090) -}}
{{- end -}}
{{- with $policy.scrapePeers -}}
{{- $all = append $all (dict "peersFrom" . "to" "api" "port" 9090) -}}
{{- range $part := $workers -}}
{{- $all = append $all (dict "peersFrom" $policy.scrapePeers "to" $part "port" 9091) -}}
{{- end -}}
{{- end -}}
{{- $monitoring := $.Values.monitoring -}}
{{- if or $monitoring.prometheus.externalUrl $monitoring.alertmanager.externalUrl $monitoring.tracing.externalEndpoint -}}
{{- $urls := list $monitoring.prometheus.externalUrl $monitoring.alertmanager.externalUrl $monitoring.tracing.externalEndpoint -}}
{{- $ports := include "transcode.portsWith" (dict "ports" $policy.monitoring.ports "urls" $urls) | fromYamlArray -}}
{{- range $part := concat (list "api" "console" "grafana" "prometheus") $workers -}}
{{- $all = append $all (dict "from" $part "peersTo" $policy.monitoring.peers "ports" $ports) -}}
{{- end -}}
{{- end -}}
{{- if $.Values.ingress.enabled -}}
{{- $outside := include "transcode.ingressPeers" . | fromYamlArray -}}
{{- $all = append $all (dict "peersFrom" $outside "to" "api" "port" 8080) -}}
{{- if include "transcode.grafanaHost" . -}}
{{- $all = append $all (dict "peersFrom" $outside "to" "grafana" "port" 3000) -}}
{{- end -}}
{{- if include "transcode.jaegerHost" . -}}
{{- $all = append $all (dict "peersFrom" $outside "to" "jaeger" "port" 8080) -}}
{{- end -}}
{{- end -}}
{{- range $all -}}
{{- if and (or (not .from) (has .from $parts)) (or (not .to) (has .to $parts)) }}
- {{ toJson . }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Ports, and those that addresses name beside them: dict "ports" (list 443) "urls" (list …). */}}
{{- define "transcode.portsWith" -}}
{{- $ports := .ports -}}
{{- range .urls -}}
{{- $named := regexFind ":[0-9]+$" (urlParse .).host | trimPrefix ":" -}}
{{- if $named -}}{{- $ports = append $ports (int $named) -}}{{- end -}}
{{- end -}}
{{ $ports | uniq | toYaml }}
{{- end -}}

{{/* Where the ingress controller or the gateway is: what was named, or the namespace that its own chart is usually in. */}}
{{- define "transcode.ingressPeers" -}}
{{- $usual := dict "ingress-nginx" "ingress-nginx" "nginx" "nginx-ingress" "traefik" "traefik" "haproxy" "haproxy-controller" "none" "ingress-nginx" -}}
{{- with .Values.networkPolicy.ingressPeers -}}
{{ toYaml . }}
{{- else -}}
- namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ get $usual .Values.ingress.controller }} } }
{{- end -}}
{{- end -}}
