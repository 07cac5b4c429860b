{{/*
A secret's text: dict "root" $ "given" VALUE "secret" "postgres-credentials" "key" "password" "length" 32. What is given; else what the cluster
has already; else what the seed gives; else one made at random, once, as the next upgrade finds it in the cluster.
*/}}
{{- define "transcode.secret" -}}
{{- if .given -}}
{{ .given }}
{{- else -}}
{{- $made := get .root.Values "made" | default dict -}}
{{- $id := printf "%s/%s" .secret .key -}}
{{- if not (hasKey $made $id) -}}
{{- $new := randAlphaNum (int .length) -}}
{{- with .root.Values.secrets.seed -}}
{{- $new = printf "%s %s %s %s %s" . $.root.Release.Namespace $.root.Release.Name $.secret $.key | sha256sum | trunc (int $.length) -}}
{{- end -}}
{{- $_ := set $made $id (include "transcode.kept" (list .root .secret .key) | default $new) -}}
{{- $_ := set .root.Values "made" $made -}}
{{- end -}}
{{ get $made $id }}
{{- end -}}
{{- end -}}

{{/* What the cluster has already of a Secret of ours, where it is asked: list $ "first-admin" "email". */}}
{{- define "transcode.kept" -}}
{{- $root := index . 0 -}}
{{- $there := lookup "v1" "Secret" $root.Release.Namespace (include "transcode.name" (list $root (index . 1))) | default dict -}}
{{ get (get $there "data" | default dict) (index . 2) | default "" | b64dec }}
{{- end -}}

{{/* Whether keys for this very bucket were said by an earlier upgrade. Those of the bundled S3 open no other. */}}
{{- define "transcode.keptS3Keys" -}}
{{- $there := lookup "v1" "Secret" .Release.Namespace (include "transcode.name" (list . "storage-credentials")) | default dict -}}
{{- $annotations := get (get $there "metadata" | default dict) "annotations" | default dict -}}
{{ if eq (get $annotations "transcode/bucket") (.Values.storage.s3.bucket | default "none") }}true{{ end }}
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

{{/* Whether keys for S3 are in a Secret, also one of an earlier upgrade that said them; else the AWS SDK finds its own. */}}
{{- define "transcode.s3Keys" -}}
{{- $aws := .Values.secrets.aws -}}
{{ if or (include "transcode.ownS3" .) $aws.accessKeyId $aws.existingSecret (include "transcode.keptS3Keys" .) }}true{{ end }}
{{- end -}}

{{/* Who the first account is of: what is given; else what the cluster has already. */}}
{{- define "transcode.firstAdmin" -}}
{{ .Values.secrets.firstAdmin.email | default (include "transcode.kept" (list . "first-admin" "email")) | default "admin@localhost" }}
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
{{- if and .enabled .existingSecret -}}
{{- $_ := set $from "BACKUP_S3_ACCESS_KEY_ID" (list .existingSecret .keys.accessKeyId) -}}
{{- $_ := set $from "BACKUP_S3_SECRET_ACCESS_KEY" (list .existingSecret .keys.secretAccessKey) -}}
{{- end -}}
{{- end -}}
{{- with $root.Values.copy -}}
{{- if and .url .existingSecret (eq $reader "api") -}}
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
