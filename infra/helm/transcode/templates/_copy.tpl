{{/* What the chart sets for who copies objects to a second store: the API. */}}
{{- define "transcode.copySettings" -}}
{{- $copy := .Values.copy -}}
{{- if $copy.url -}}
COPY_URL: {{ $copy.url }}
COPY_MODE: {{ $copy.mode }}
{{- /* Unless said, that of the objects would be taken. */}}
{{- with $copy.endpoint | default (ternary "" (printf "https://s3.%s.amazonaws.com" $copy.region) (eq (include "transcode.objectsEndpoint" .) "")) }}
COPY_S3_ENDPOINT: {{ . }}
{{- end }}
{{- with $copy.region }}
COPY_S3_REGION: {{ . }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "transcode.copyGuards" -}}
{{- $copy := .Values.copy -}}
{{- if and (not $copy.url) (or $copy.endpoint $copy.region $copy.existingSecret (ne $copy.mode "asynchronous")) -}}
{{- fail "copy.endpoint, copy.region, copy.existingSecret and copy.mode say how a second store is used: set copy.url too." -}}
{{- end -}}
{{- if and $copy.url (not $copy.endpoint) (not $copy.region) -}}
{{- fail "Set copy.region: Amazon's buckets are in one; or copy.endpoint where it is not Amazon's." -}}
{{- end -}}
{{- if and $copy.url (include "transcode.ownS3" .) (not $copy.existingSecret) -}}
{{- fail "copy.url is a bucket elsewhere, which the bundled S3's keys do not open: set copy.existingSecret." -}}
{{- end -}}
{{- if and $copy.url (eq $copy.url (include "transcode.storageUrl" .)) (eq $copy.endpoint .Values.storage.s3.endpoint) (not (include "transcode.ownS3" .)) -}}
{{- fail "copy.url is where the objects are already: set it to another bucket." -}}
{{- end -}}
{{- end -}}
