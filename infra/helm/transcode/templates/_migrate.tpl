{{/*
Every pod brings the database to the newest schema before it starts, one after another under a lock of the database: so also where only an image
was changed, by `kubectl set image` or `rollout undo`.
*/}}
{{- define "transcode.migrate" -}}
{{ include "transcode.tool" (dict "root" . "name" "migrate" "command" "migrate") }}
{{- end -}}

{{/* A container of the tools image, which waits until the database is there: dict "root" $ "name" "migrate" "command" "migrate" "env" (list …). */}}
{{- define "transcode.tool" -}}
{{- $secrets := .root.Values.secrets -}}
- name: {{ .name }}
  image: {{ include "transcode.ownImage" (list .root .root.Values.tools.image) }}
  imagePullPolicy: {{ .root.Values.global.image.pullPolicy }}
  args: [transcode, {{ .command }}]
  securityContext: {{- include "transcode.containerSecurity" . | nindent 4 }}
  env:
    {{- include "transcode.fromSecret" (dict "name" "DATABASE_URL" "secret" (include "transcode.secretName" (list .root "postgres-credentials" $secrets.postgres)) "key" $secrets.postgres.keys.url) | nindent 4 }}
    {{- include "transcode.fromSecret" (dict "name" "REDIS_URL" "secret" (include "transcode.secretName" (list .root "redis-credentials" $secrets.redis)) "key" $secrets.redis.keys.url) | nindent 4 }}
    {{- include "transcode.trustEnv" .root | nindent 4 }}
    {{- with .env }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  resources: {{- toYaml .root.Values.tools.resources | nindent 4 }}
  volumeMounts:
    - { name: tmp, mountPath: /tmp }
    {{- include "transcode.trustMount" .root | nindent 4 }}
{{- end -}}
