{{/*
A secret's text: dict "root" $ "given" VALUE "secret" "postgres-credentials" "key" "password" "length" 32. What is given; else what the cluster
has already; else what the seed gives; else one made at random, once, as the next upgrade finds it in the cluster.
*/}}
{{- define "transcode.secret" -}}
{{- if .given -}}
{{ .given }}
{{- else if .root.Values.secrets.seed -}}
{{ printf "%s %s %s %s" .root.Values.secrets.seed .root.Release.Name .secret .key | sha256sum | trunc (int .length) }}
{{- else -}}
{{- $made := get .root.Values "made" | default dict -}}
{{- $id := printf "%s/%s" .secret .key -}}
{{- if not (hasKey $made $id) -}}
{{- $there := lookup "v1" "Secret" .root.Release.Namespace (include "transcode.name" (list .root .secret)) -}}
{{- $kept := get (get ($there | default dict) "data" | default dict) .key -}}
{{- $_ := set $made $id (ternary (b64dec ($kept | default "")) (randAlphaNum (int .length)) (ne ($kept | default "") "")) -}}
{{- $_ := set .root.Values "made" $made -}}
{{- end -}}
{{ get $made $id }}
{{- end -}}
{{- end -}}

{{/* The name of a Secret that is ours, or the one that was named instead: list $ "postgres-credentials" .Values.secrets.postgres. */}}
{{- define "transcode.secretName" -}}
{{ (index . 2).existingSecret | default (include "transcode.name" (list (index . 0) (index . 1))) }}
{{- end -}}

{{/* A text as part of an address. */}}
{{- define "transcode.inUrl" -}}
{{ urlquery . | replace "+" "%20" }}
{{- end -}}

{{/* Whether objects are in the bundled S3. */}}
{{- define "transcode.ownS3" -}}
{{ if not .Values.storage.s3.bucket }}true{{ end }}
{{- end -}}

{{/* Whether keys for S3 are in a Secret; else the AWS SDK finds its own. */}}
{{- define "transcode.s3Keys" -}}
{{ if or (include "transcode.ownS3" .) .Values.secrets.aws.accessKeyId .Values.secrets.aws.existingSecret }}true{{ end }}
{{- end -}}

{{/* A variable from a Secret: dict "name" "DATABASE_URL" "secret" NAME "key" "url". */}}
{{- define "transcode.fromSecret" -}}
- name: {{ .name }}
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } }
{{- end -}}

{{/* The secrets that a process reads, by the contract's list: list $ "worker". */}}
{{- define "transcode.secretEnv" -}}
{{- $root := index . 0 -}}
{{- $reader := index . 1 -}}
{{- $secrets := $root.Values.secrets -}}
{{- $contract := $root.Files.Get "files/contract.yaml" | fromYaml -}}
{{- $database := include "transcode.secretName" (list $root "postgres-credentials" $secrets.postgres) -}}
{{- $redis := include "transcode.secretName" (list $root "redis-credentials" $secrets.redis) -}}
{{- $signing := include "transcode.secretName" (list $root "signing-secrets" $secrets.signing) -}}
{{- $from := dict
  "DATABASE_URL" (list $database $secrets.postgres.keys.url)
  "REDIS_URL" (list $redis $secrets.redis.keys.url)
  "AUTH_SECRET" (list $signing $secrets.signing.keys.auth)
  "NEXTAUTH_SECRET" (list $signing $secrets.signing.keys.auth)
  "GRANT_SECRET" (list $signing $secrets.signing.keys.grant) -}}
{{- if include "transcode.s3Keys" $root -}}
{{- $aws := include "transcode.secretName" (list $root "storage-credentials" $secrets.aws) -}}
{{- $_ := set $from "AWS_ACCESS_KEY_ID" (list $aws $secrets.aws.keys.accessKeyId) -}}
{{- $_ := set $from "AWS_SECRET_ACCESS_KEY" (list $aws $secrets.aws.keys.secretAccessKey) -}}
{{- end -}}
{{- with $root.Values.backup -}}
{{- if .existingSecret -}}
{{- $_ := set $from "BACKUP_S3_ACCESS_KEY_ID" (list .existingSecret .keys.accessKeyId) -}}
{{- $_ := set $from "BACKUP_S3_SECRET_ACCESS_KEY" (list .existingSecret .keys.secretAccessKey) -}}
{{- end -}}
{{- end -}}
{{- with $root.Values.copy -}}
{{- if and .url .existingSecret -}}
{{- $_ := set $from "COPY_S3_ACCESS_KEY_ID" (list .existingSecret .keys.accessKeyId) -}}
{{- $_ := set $from "COPY_S3_SECRET_ACCESS_KEY" (list .existingSecret .keys.secretAccessKey) -}}
{{- end -}}
{{- end -}}
{{- range $name, $setting := $contract.settings -}}
{{- if and (has $reader $setting.readers) (hasKey $from $name) }}
{{ include "transcode.fromSecret" (dict "name" $name "secret" (index (get $from $name) 0) "key" (index (get $from $name) 1)) }}
{{- end -}}
{{- end -}}
{{- end -}}
