{{/* Where backups are: what was said, or beside the objects. */}}
{{- define "transcode.backupUrl" -}}
{{ .Values.backup.url | default (printf "%s/backups" (include "transcode.storageUrl" .)) }}
{{- end -}}

{{/* Whether something of it asks a bucket that is not the bundled S3's. */}}
{{- define "transcode.backupLeaves" -}}
{{ if or .Values.backup.url (not (include "transcode.ownS3" .)) }}true{{ end }}
{{- end -}}

{{/* What the chart sets for who makes backups and restores them. */}}
{{- define "transcode.backupSettings" -}}
{{- $backup := .Values.backup -}}
BACKUP_URL: {{ include "transcode.backupUrl" . }}
BACKUP_KEPT_DAYS: {{ $backup.keptDays }}
{{- with $backup.recipients }}
BACKUP_RECIPIENTS: {{ join "," . }}
{{- end }}
{{- if $backup.url }}
{{- /* Unless said, that of the objects would be taken. */}}
{{- with $backup.endpoint | default (ternary "" (printf "https://s3.%s.amazonaws.com" $backup.region) (eq (include "transcode.objectsEndpoint" .) "")) }}
BACKUP_S3_ENDPOINT: {{ . }}
{{- end }}
{{- with $backup.region }}
BACKUP_S3_REGION: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Whether drills are held: an encrypted backup nobody restores without its private key. */}}
{{- define "transcode.drills" -}}
{{- $backup := .Values.backup -}}
{{ if and $backup.enabled $backup.drill.enabled (or (not $backup.recipients) $backup.drill.existingSecret) }}true{{ end }}
{{- end -}}

{{- define "transcode.objectsEndpoint" -}}
{{ if include "transcode.ownS3" . }}own{{ else }}{{ .Values.storage.s3.endpoint }}{{ end }}
{{- end -}}

{{/*
A CronJob of the tools image: dict "root" $ "part" "postgres-backup" "job" .Values.backup.postgres "args" (list …) "reader" "postgres-backup", and
"suspended" true for what only people start, "identities" NAME and "key" of a Secret with private keys.
*/}}
{{- define "transcode.backupJob" -}}
{{- $root := .root -}}
{{- $backup := $root.Values.backup -}}
{{- $contract := $root.Files.Get "files/contract.yaml" | fromYaml -}}
{{- $own := merge (dict) (include "transcode.backupSettings" $root | fromYaml) (include "transcode.ownSettings" $root | fromYaml) -}}
apiVersion: batch/v1
kind: CronJob
metadata: {{- include "transcode.metadata" (dict "root" $root "part" .part) | nindent 2 }}
spec:
  {{- if .suspended }}
  suspend: true
  schedule: '0 0 1 1 *'
  {{- else }}
  schedule: {{ .job.schedule | quote }}
  timeZone: Etc/UTC
  startingDeadlineSeconds: {{ $backup.startingDeadlineSeconds }}
  successfulJobsHistoryLimit: {{ $backup.successfulJobsHistoryLimit }}
  failedJobsHistoryLimit: {{ $backup.failedJobsHistoryLimit }}
  {{- end }}
  concurrencyPolicy: Forbid
  jobTemplate:
    metadata: {{- include "transcode.podMetadata" (dict "root" $root "part" .part "pod" (dict "podLabels" dict "podAnnotations" dict)) | nindent 6 }}
    spec:
      backoffLimit: {{ ternary 0 $backup.backoffLimit (.suspended | default false) }}
      activeDeadlineSeconds: {{ .job.activeDeadlineSeconds }}
      template:
        metadata: {{- include "transcode.podMetadata" (dict "root" $root "part" .part "pod" $backup) | nindent 10 }}
        spec:
          {{- include "transcode.pod" (dict "root" $root "part" .part "pod" $backup "user" 10001) | nindent 10 }}
          restartPolicy: Never
          # It breaks off in order, and leaves nothing that looks like a backup.
          terminationGracePeriodSeconds: 60
          containers:
            - name: {{ .part }}
              image: {{ include "transcode.ownImage" (list $root $root.Values.tools.image) }}
              imagePullPolicy: {{ $root.Values.global.image.pullPolicy }}
              args: {{- toYaml .args | nindent 16 }}
              securityContext: {{- include "transcode.containerSecurity" . | nindent 16 }}
              env:
                {{- include "transcode.secretEnv" (list $root .reader) | nindent 16 }}
                {{- include "transcode.secretEnv" (list $root "backup") | nindent 16 }}
                {{- range $name, $value := merge (dict) $root.Values.settings $own }}
                {{- $readers := (get $contract.settings $name).readers }}
                {{- if or (has $.reader $readers) (has "backup" $readers) }}
                - { name: {{ $name }}, value: {{ include "transcode.asText" $value | quote }} }
                {{- end }}
                {{- end }}
                {{- if .identities }}
                - { name: BACKUP_IDENTITY_FILE, value: /identities/{{ .key }} }
                {{- end }}
                {{- include "transcode.trustEnv" $root | nindent 16 }}
              resources: {{- toYaml .job.resources | nindent 16 }}
              volumeMounts:
                - { name: scratch, mountPath: /scratch }
                - { name: tmp, mountPath: /tmp }
                - { name: shm, mountPath: /dev/shm }
                {{- if .identities }}
                - { name: identities, mountPath: /identities, readOnly: true }
                {{- end }}
                {{- include "transcode.trustMount" $root | nindent 16 }}
          volumes:
            {{- include "transcode.trustVolume" $root | nindent 12 }}
            {{- if .identities }}
            - name: identities
              secret: { secretName: {{ .identities }}, items: [{ key: {{ .key }}, path: {{ .key }} }] }
            {{- end }}
            - name: tmp
              emptyDir: { sizeLimit: 64Mi }
            # The scratch Postgres' queries that work in parallel share memory.
            - name: shm
              emptyDir: { medium: Memory, sizeLimit: 256Mi }
            - name: scratch
              {{- if .job.scratch.storageClass }}
              ephemeral:
                volumeClaimTemplate:
                  spec:
                    accessModes: [ReadWriteOnce]
                    storageClassName: {{ .job.scratch.storageClass }}
                    resources: { requests: { storage: {{ .job.scratch.sizeLimit }} } }
              {{- else }}
              emptyDir: { sizeLimit: {{ .job.scratch.sizeLimit }} }
              {{- end }}
{{- end -}}

{{/* What backups cannot work with. */}}
{{- define "transcode.backupGuards" -}}
{{- $backup := .Values.backup -}}
{{- if $backup.enabled -}}
{{- if and (not $backup.url) (or $backup.endpoint $backup.region $backup.existingSecret) -}}
{{- fail "backup.endpoint, backup.region and backup.existingSecret say where a bucket is and who signs in there: set backup.url too." -}}
{{- end -}}
{{- if and $backup.url (not $backup.endpoint) (not $backup.region) -}}
{{- fail "Set backup.region: Amazon's buckets are in one; or backup.endpoint where it is not Amazon's." -}}
{{- end -}}
{{- if and $backup.url (include "transcode.ownS3" .) (not $backup.existingSecret) -}}
{{- fail "backup.url is a bucket elsewhere, which the bundled S3's keys do not open: set backup.existingSecret." -}}
{{- end -}}
{{- else if or .Values.restore.backup .Values.restore.replace .Values.restore.dryRun .Values.restore.existingSecret -}}
{{- fail "restore needs to know where backups are: set backup.enabled=true." -}}
{{- end -}}
{{- end -}}
