{{/*
A Deployment of workers: dict "root" $ "kind" "cpu" "worker" .Values.workers.cpu "classes" "cpu,light,maintenance". A stopping one lets its work
finish or hands it back within the contract's time; the grace is longer.
*/}}
{{- define "transcode.workers" -}}
{{- $root := .root -}}
{{- $part := printf "worker-%s" .kind -}}
{{- $contract := $root.Files.Get "files/contract.yaml" | fromYaml -}}
{{- $config := include "transcode.settings" (dict "root" $root "reader" "worker" "more" .worker.settings) -}}
apiVersion: v1
kind: ConfigMap
metadata: {{- include "transcode.metadata" (dict "root" $root "part" $part "name" (printf "%s-config" $part)) | nindent 2 }}
data: {{- $config | nindent 2 }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{- include "transcode.metadata" (dict "root" $root "part" $part) | nindent 2 }}
spec:
  {{- with include "transcode.replicas" (list $root $part .worker) }}
  {{ . }}
  {{- end }}
  revisionHistoryLimit: 5
  # An old one goes when its new one takes work; but where each holds a GPU there may be none for a new one before an old one went.
  strategy: { type: RollingUpdate, rollingUpdate: {{ ternary "{ maxSurge: 0, maxUnavailable: 1 }" "{ maxSurge: 1, maxUnavailable: 0 }" (eq .kind "gpu") }} }
  selector: { matchLabels: {{ include "transcode.selector" (list $root $part) | fromYaml | toJson }} }
  template:
    metadata: {{- include "transcode.podMetadata" (dict "root" $root "part" $part "pod" .worker "checksums" (dict "checksum/config" (sha256sum $config))) | nindent 6 }}
    spec:
      {{- include "transcode.pod" (dict "root" $root "part" $part "pod" .worker "user" 10001 "class" "worker") | nindent 6 }}
      {{- with .worker.runtimeClassName }}
      runtimeClassName: {{ . }}
      {{- end }}
      terminationGracePeriodSeconds: {{ add $contract.drainSeconds $contract.handBackSeconds 15 }}
      initContainers:
        {{- include "transcode.migrate" $root | nindent 8 }}
      containers:
        - name: worker
          image: {{ include "transcode.ownImage" (list $root .worker.image) }}
          imagePullPolicy: {{ $root.Values.global.image.pullPolicy }}
          securityContext: {{- include "transcode.containerSecurity" . | nindent 12 }}
          envFrom:
            - configMapRef: { name: {{ include "transcode.name" (list $root (printf "%s-config" $part)) }} }
          env:
            {{- include "transcode.secretEnv" (list $root "worker") | nindent 12 }}
            - { name: CLASSES, value: '{{ .classes }}' }
            - { name: METRICS_PORT, value: '9091' }
            - name: WORKER_ID
              valueFrom: { fieldRef: { fieldPath: metadata.name } }
            {{- include "transcode.trustEnv" $root | nindent 12 }}
            {{- if $root.Values.autoscaling.markBusyWorkers }}
            - { name: KUBERNETES_POD, value: '{{ $root.Release.Namespace }}/$(WORKER_ID)' }
            {{- end }}
            {{- with .worker.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - { name: metrics, containerPort: 9091 }
          {{- include "transcode.probes" (dict "port" "metrics" "path" "/ready" "alive" "/health" "startSeconds" 120) | nindent 10 }}
          resources: {{- toYaml .worker.resources | nindent 12 }}
          volumeMounts:
            - { name: scratch, mountPath: /scratch }
            - { name: tmp, mountPath: /tmp }
            {{- include "transcode.trustMount" $root | nindent 12 }}
            {{- if $root.Values.autoscaling.markBusyWorkers }}
            - { name: account, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true }
            {{- end }}
      volumes:
        {{- include "transcode.trustVolume" $root | nindent 8 }}
        {{- if $root.Values.autoscaling.markBusyWorkers }}
        # For the worker alone: what runs before it has none.
        - name: account
          projected:
            sources:
              - serviceAccountToken: { path: token, expirationSeconds: 3600 }
              - configMap: { name: kube-root-ca.crt, items: [{ key: ca.crt, path: ca.crt }] }
        {{- end }}
        - name: tmp
          emptyDir: { sizeLimit: 1Gi }
        - name: scratch
          {{- if .worker.scratch.storageClass }}
          ephemeral:
            volumeClaimTemplate:
              spec:
                accessModes: [ReadWriteOnce]
                storageClassName: {{ .worker.scratch.storageClass }}
                resources: { requests: { storage: {{ .worker.scratch.sizeLimit }} } }
          {{- else }}
          emptyDir: { sizeLimit: {{ .worker.scratch.sizeLimit }} }
          {{- end }}
{{- end -}}
