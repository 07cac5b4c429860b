{{/* Whether anybody is told of alerts. */}}
{{- define "transcode.tellsPeople" -}}
{{- $channels := .Values.monitoring.alertmanager.channels -}}
{{- if or $channels.slack.enabled $channels.pagerDuty.enabled $channels.email.enabled $channels.webhook.enabled -}}true{{- end -}}
{{- end -}}

{{/*
infra/monitoring's configuration with the channels that are enabled. files/monitoring/channels.yml has the receivers with all of them, as its
generator writes them.
*/}}
{{- define "transcode.alertmanagerConfig" -}}
{{- $channels := .Values.monitoring.alertmanager.channels -}}
{{- $config := .Files.Get "files/monitoring/alertmanager.yml" | fromYaml -}}
{{- $receivers := .Files.Get "files/monitoring/channels.yml" | fromYamlArray -}}
{{- range $receiver := $receivers -}}
{{- $kinds := dict "slack_configs" $channels.slack.enabled "pagerduty_configs" $channels.pagerDuty.enabled "email_configs" $channels.email.enabled "webhook_configs" $channels.webhook.enabled -}}
{{- range $kind, $enabled := $kinds -}}
{{- if not $enabled -}}{{- $_ := unset $receiver $kind -}}{{- end -}}
{{- end -}}
{{- range $slack := $receiver.slack_configs -}}
{{- $_ := unset $slack "channel" -}}
{{- with $channels.slack.channel -}}{{- $_ := set $slack "channel" . -}}{{- end -}}
{{- end -}}
{{- range $email := $receiver.email_configs -}}
{{- $_ := set $email "to" $channels.email.to -}}
{{- $_ := set $email "from" $channels.email.from -}}
{{- $_ := set $email "smarthost" $channels.email.smarthost -}}
{{- $_ := set $email "require_tls" $channels.email.tls -}}
{{- if $channels.email.user -}}
{{- $_ := set $email "auth_username" $channels.email.user -}}
{{- else -}}
{{- $_ := unset $email "auth_username" -}}
{{- $_ := unset $email "auth_password_file" -}}
{{- end -}}
{{- end -}}
{{- range $webhook := $receiver.webhook_configs -}}
{{- $_ := set $webhook "url" $channels.webhook.url -}}
{{- if not $channels.webhook.token -}}{{- $_ := unset $webhook "http_config" -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- $_ := set $config "receivers" $receivers -}}
{{- toYaml $config -}}
{{- end -}}
