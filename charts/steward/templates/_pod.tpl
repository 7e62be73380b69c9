{{/* What all pods of Steward's image have in common. */}}

{{/* (list $ serviceAccount): the head of a pod's spec. */}}
{{- define "steward.podHead" -}}
{{- $root := index . 0 -}}
serviceAccountName: {{ index . 1 }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $root.Values.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with $root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml $root.Values.podSecurityContext | nindent 2 }}
{{- end -}}

{{/* The head of a container of Steward's image. */}}
{{- define "steward.container" -}}
image: {{ include "steward.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
{{- end -}}

{{/* The only places a container may write to. */}}
{{- define "steward.scratchMounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: data, mountPath: /data}
{{- end -}}

{{- define "steward.scratchVolumes" -}}
- name: tmp
  emptyDir: {sizeLimit: {{ .Values.tmpSize }}}
- name: data
  emptyDir: {sizeLimit: {{ .Values.dataSize }}}
{{- end -}}

{{/* (list $ flag): the init container that sees to the schema: "--if-empty", "--wait-only" or "" to apply what is pending. */}}
{{- define "steward.schemaContainer" -}}
{{- $root := index . 0 -}}
- name: schema
  {{- include "steward.container" $root | nindent 2 }}
  args: [migrate, {{ with index . 1 }}{{ . }}, {{ end }}--database-wait, {{ $root.Values.migrations.wait }}, --lock-wait, {{ $root.Values.migrations.wait }}]
  {{- include "steward.environment" (list $root (include "steward.commonEnvironment" $root)) | nindent 2 }}
  resources:
    {{- toYaml $root.Values.migrations.resources | nindent 4 }}
  volumeMounts:
    {{- include "steward.scratchMounts" $root | nindent 4 }}
{{- end -}}



{{/* The claim that holds the archives. */}}
{{- define "steward.backupClaim" -}}
{{- default (printf "%s-backup" (include "steward.fullname" .)) .Values.backup.persistence.existingClaim -}}
{{- end -}}

{{/* (list $ readOnly): mounts of a pod that touches archives. */}}
{{- define "steward.backupMounts" -}}
{{- $root := index . 0 -}}
{{ include "steward.scratchMounts" $root }}
{{- if not $root.Values.backup.target }}
- {name: backups, mountPath: /backups{{ if index . 1 }}, readOnly: true{{ end }}}
{{- end }}
{{- end -}}

{{- define "steward.backupVolumes" -}}
- name: tmp
  emptyDir: {sizeLimit: {{ .Values.backup.scratchSize }}}
- name: data
  emptyDir: {sizeLimit: {{ .Values.dataSize }}}
{{- if not .Values.backup.target }}
- name: backups
  persistentVolumeClaim:
    claimName: {{ include "steward.backupClaim" . }}
{{- end }}
{{- end -}}

{{/* Security of a pod of PostgreSQL's official image; the argument is its user. */}}
{{- define "steward.databaseSecurity" -}}
runAsNonRoot: true
runAsUser: {{ int . }}
runAsGroup: {{ int . }}
fsGroup: {{ int . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "steward.databaseContainerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
