{{/*
What does not let a pod start with a secret that nobody has said: dict "root" $ "secrets" (list (list NAME KEY) …). Our own processes look for
themselves; others would begin with it, and keep it.
*/}}
{{- define "transcode.noPlaceholder" -}}
{{- with .root.Values.secrets.placeholder }}
initContainers:
  - name: no-placeholder
    image: {{ include "transcode.ownImage" (list $.root $.root.Values.tools.image) }}
    imagePullPolicy: {{ $.root.Values.global.image.pullPolicy }}
    command:
      - sh
      - -c
      - >-
        case "{{ range $at, $_ := $.secrets }}$SECRET_{{ $at }} {{ end }}" in
        *{{ . }}*) echo 'A secret of this pod still is what stood in secret.yaml ({{ . }}).' >&2; exit 1;; esac
    securityContext: {{- include "transcode.containerSecurity" . | nindent 6 }}
    env:
      {{- range $at, $secret := $.secrets }}
      {{- include "transcode.fromSecret" (dict "name" (printf "SECRET_%d" $at) "secret" (index $secret 0) "key" (index $secret 1)) | nindent 6 }}
      {{- end }}
    resources: {{- toYaml $.root.Values.tools.resources | nindent 6 }}
{{- end }}
{{- end -}}
