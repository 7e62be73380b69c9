{{/* The spec of a Job that backs up: of the CronJob, and of each release. */}}
{{- define "steward.backupJob" -}}
backoffLimit: {{ .Values.backup.backoffLimit }}
activeDeadlineSeconds: {{ .Values.backup.activeDeadlineSeconds }}
template:
  metadata:
    labels:
      {{- include "steward.labels" (list . "backup") | nindent 6 }}
  spec:
    restartPolicy: Never
    {{- include "steward.podHead" (list . (include "steward.serviceAccountName" .)) | nindent 4 }}
    initContainers:
      # A backup before the schema is there would be of nothing.
      {{- include "steward.schemaContainer" (list . "--wait-only") | nindent 6 }}
    containers:
      - name: backup
        {{- include "steward.container" . | nindent 8 }}
        args: [backup, --database-wait, {{ .Values.migrations.wait }}]
        {{- include "steward.environment" (list . (include "steward.archiveEnvironment" .)) | nindent 8 }}
        resources:
          {{- toYaml .Values.backup.resources | nindent 10 }}
        volumeMounts:
          {{- include "steward.backupMounts" (list . false) | trim | nindent 10 }}
    volumes:
      {{- include "steward.backupVolumes" . | nindent 6 }}
{{- end -}}

{{/* What a process that touches archives gets: no token of Telegram, no keys of others. */}}
{{- define "steward.archiveEnvironment" -}}
{{ include "steward.commonEnvironment" . }}
{{ include "steward.backupEnvironment" . }}
{{ include "steward.s3Environment" . | trim }}
{{- end -}}

{{/* What opens archives also needs the private age key, where they are encrypted. */}}
{{- define "steward.openingEnvironment" -}}
{{ include "steward.archiveEnvironment" . }}
{{ include "steward.fromSecret" (list . "BACKUP_AGE_IDENTITY" false) }}
{{- end -}}

{{/* A restore says which of its data need a master key it does not have. */}}
{{- define "steward.restoreEnvironment" -}}
{{ include "steward.openingEnvironment" . }}
{{ include "steward.fromSecret" (list . "STEWARD_MASTER_KEY" false) }}
- {name: RESTORE_ARCHIVE, value: {{ default "latest" .Values.restore.archive | quote }}}
- {name: RESTORE_CONFIRM, value: {{ .Values.restore.confirm | quote }}}
{{- end -}}
