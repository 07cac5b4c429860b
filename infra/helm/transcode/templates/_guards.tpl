{{/* What cannot work is said in a sentence before anything is made. */}}
{{- define "transcode.guards" -}}
{{- $secrets := .Values.secrets -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "Set ingress.hosts[0].host to the name that people come by, or ingress.enabled=false." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (eq .Values.ingress.kind "gateway") (not .Values.ingress.gateway.className) (not .Values.ingress.gateway.existing.name) -}}
{{- fail "Set ingress.gateway.className, or ingress.gateway.existing.name where there is a Gateway already." -}}
{{- end -}}
{{- if and (not .Values.postgres.enabled) (not $secrets.postgres.existingSecret) -}}
{{- fail "Without the bundled Postgres, secrets.postgres.existingSecret has to name a Secret with the address of another." -}}
{{- end -}}
{{- if and (not .Values.redis.enabled) (not $secrets.redis.existingSecret) -}}
{{- fail "Without the bundled Redis, secrets.redis.existingSecret has to name a Secret with the address of another." -}}
{{- end -}}
{{- if and .Values.storage.s3.endpoint (not .Values.storage.s3.bucket) -}}
{{- fail "storage.s3.endpoint says where a bucket is: set storage.s3.bucket too." -}}
{{- end -}}
{{- if and .Values.storage.s3.bucket (not .Values.storage.s3.endpoint) (not .Values.storage.s3.region) -}}
{{- fail "Set storage.s3.region: Amazon's buckets are in one." -}}
{{- end -}}
{{- if ne (ternary 1 0 (ne $secrets.aws.accessKeyId "")) (ternary 1 0 (ne $secrets.aws.secretAccessKey "")) -}}
{{- fail "secrets.aws.accessKeyId and secrets.aws.secretAccessKey are set together." -}}
{{- end -}}
{{- $channels := .Values.monitoring.alertmanager.channels -}}
{{- if and (or $channels.slack.enabled $channels.pagerDuty.enabled (and $channels.email.enabled $channels.email.user) (and $channels.webhook.enabled $channels.webhook.token)) (not $channels.existingSecret) -}}
{{- fail "What tells people of alerts has secrets: set monitoring.alertmanager.channels.existingSecret." -}}
{{- end -}}
{{- if and $channels.email.enabled (not (and $channels.email.to $channels.email.from $channels.email.smarthost)) -}}
{{- fail "Who is told by e-mail: set monitoring.alertmanager.channels.email.to, from and smarthost (host:port)." -}}
{{- end -}}
{{- if and $channels.webhook.enabled (not $channels.webhook.url) -}}
{{- fail "Set monitoring.alertmanager.channels.webhook.url to the address that is told." -}}
{{- end -}}
{{- if and .Values.monitoring.operator.enabled .Values.monitoring.prometheus.enabled -}}
{{- fail "With monitoring.operator.enabled another Prometheus asks: set monitoring.prometheus.enabled=false." -}}
{{- end -}}
{{- if and .Values.monitoring.operator.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.scrapePeers) -}}
{{- fail "With monitoring.operator.enabled, networkPolicy.scrapePeers has to say where that Prometheus is." -}}
{{- end -}}
{{- if and .Values.monitoring.tracing.enabled .Values.monitoring.tracing.externalEndpoint -}}
{{- fail "monitoring.tracing.externalEndpoint is another collector's: set monitoring.tracing.enabled=false." -}}
{{- end -}}
{{- if and .Values.monitoring.prometheus.enabled .Values.monitoring.prometheus.externalUrl -}}
{{- fail "monitoring.prometheus.externalUrl is another's: set monitoring.prometheus.enabled=false." -}}
{{- end -}}
{{- if and .Values.monitoring.alertmanager.enabled .Values.monitoring.alertmanager.externalUrl -}}
{{- fail "monitoring.alertmanager.externalUrl is another's: set monitoring.alertmanager.enabled=false." -}}
{{- end -}}
{{- $gateway := .Values.ingress.gateway.existing -}}
{{- if and .Values.ingress.enabled (eq .Values.ingress.kind "gateway") .Values.ingress.tls.enabled $gateway.name (not $gateway.httpsSection) -}}
{{- fail "Without ingress.gateway.existing.httpsSection the Gateway would serve everything without TLS, too: name its listener for HTTPS, or set ingress.tls.enabled=false." -}}
{{- end -}}
{{- if and (include "transcode.ownS3" .) (eq (toString (get .Values.settings "MEDIA_REDIRECT" | default "false")) "true") -}}
{{- fail "settings.MEDIA_REDIRECT sends browsers to the bucket, and the bundled S3 is reached by none: name one with storage.s3.bucket." -}}
{{- end -}}
{{- range $label, $_ := .Values.commonLabels -}}
{{- if or (has $label (list "app" "component")) (hasPrefix "app.kubernetes.io/" $label) (hasPrefix "helm.sh/" $label) -}}
{{- fail (printf "commonLabels.%s is a label of the chart's own, by which its parts are found: take another name." $label) -}}
{{- end -}}
{{- end -}}
{{- include "transcode.scalingGuards" . -}}
{{- include "transcode.backupGuards" . -}}
{{- include "transcode.copyGuards" . -}}
{{- end -}}
