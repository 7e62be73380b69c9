{{/* The environment of every container of Steward's image. Names and secrets come from files/environment.yaml, which is made of Steward's own declarations. */}}

{{/* (list $ variable required): one variable out of the Secret. */}}
{{- define "steward.fromSecret" -}}
{{- $root := index . 0 -}}
{{- with include "steward.secretName" $root -}}
- name: {{ index $ 1 }}
  valueFrom:
    secretKeyRef:
      name: {{ . | quote }}
      key: {{ include "steward.secretKey" (list $root (index $ 1)) | quote }}
{{- if not (index $ 2) }}
      optional: true
{{- end }}
{{- end }}
{{- end -}}

{{/* How the database is reached: a URL out of the Secret, or the parts. */}}
{{- define "steward.databaseEnvironment" -}}
{{- $db := .Values.database -}}
{{- if $db.cloudnativepg.enabled }}
- {name: DATABASE_HOST, value: {{ include "steward.databaseName" . }}-rw}
- {name: DATABASE_PORT, value: "5432"}
- {name: DATABASE_NAME, value: {{ $db.name | quote }}}
- {name: DATABASE_USER, value: {{ $db.user | quote }}}
- {name: DATABASE_SSLMODE, value: {{ default "require" $db.sslMode }}}
- name: DATABASE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "steward.databaseName" . }}-app
      key: password
{{- else if or $db.standalone.enabled $db.host }}
- {name: DATABASE_HOST, value: {{ ternary (include "steward.databaseName" .) $db.host $db.standalone.enabled | quote }}}
- {name: DATABASE_PORT, value: {{ ternary "5432" ($db.port | int | toString) $db.standalone.enabled | quote }}}
- {name: DATABASE_NAME, value: {{ $db.name | quote }}}
- {name: DATABASE_USER, value: {{ $db.user | quote }}}
{{- with $db.sslMode }}
- {name: DATABASE_SSLMODE, value: {{ . }}}
{{- end }}
{{ include "steward.fromSecret" (list . "DATABASE_PASSWORD" true) }}
{{- else }}
{{ include "steward.fromSecret" (list . "DATABASE_URL" true) }}
{{ include "steward.fromSecret" (list . "DATABASE_PASSWORD" false) }}
{{- end }}
{{- end -}}

{{/* Where archives lie and how long they stay. */}}
{{- define "steward.backupEnvironment" -}}
{{- $backup := .Values.backup -}}
- {name: BACKUP_TARGET, value: {{ default "/backups" $backup.target | quote }}}
- {name: BACKUP_KEEP_LAST, value: {{ $backup.retention.keepLast | int | quote }}}
- {name: BACKUP_MAX_AGE_DAYS, value: {{ $backup.retention.maxAgeDays | int | quote }}}
- {name: BACKUP_MIN_KEEP, value: {{ $backup.retention.minKeep | int | quote }}}
{{- with $backup.encryption.recipient }}
- {name: BACKUP_AGE_RECIPIENT, value: {{ . | quote }}}
{{- end }}
{{- end -}}

{{- define "steward.s3Environment" -}}
{{- with .Values.s3.endpoint }}
- {name: S3_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- with .Values.s3.region }}
- {name: S3_REGION, value: {{ . | quote }}}
{{- end }}
{{- if .Values.s3.forcePathStyle }}
- {name: S3_FORCE_PATH_STYLE, value: "true"}
{{- end }}
{{ include "steward.fromSecret" (list . "S3_ACCESS_KEY_ID" false) }}
{{ include "steward.fromSecret" (list . "S3_SECRET_ACCESS_KEY" false) }}
{{- end -}}

{{/* What every process of Steward gets. */}}
{{- define "steward.commonEnvironment" -}}
- {name: NODE_ENV, value: production}
- {name: STEWARD_DATA_DIR, value: /data}
{{- with .Values.timezone }}
- {name: STEWARD_TIMEZONE, value: {{ . }}}
{{- end }}
- {name: LOG_LEVEL, value: {{ .Values.log.level }}}
- {name: LOG_FORMAT, value: {{ .Values.log.format }}}
{{ include "steward.databaseEnvironment" . | trim }}
{{- end -}}

{{- define "steward.appEnvironment" -}}
{{- $telegram := .Values.telegram -}}
{{ include "steward.commonEnvironment" . }}
- {name: HOST, value: 0.0.0.0}
- {name: PORT, value: "3000"}
- {name: METRICS_PORT, value: "9464"}
- {name: STEWARD_LANGUAGE, value: {{ .Values.language }}}
- {name: STEWARD_DRAIN_SECONDS, value: {{ .Values.drainSeconds | int | quote }}}
- {name: STEWARD_TRUSTED_PROXIES, value: {{ if kindIs "string" .Values.trustedProxies }}{{ .Values.trustedProxies | quote }}{{ else }}{{ .Values.trustedProxies | int | quote }}{{ end }}}
- {name: DATABASE_POOL_MAX, value: {{ .Values.database.poolMax | int | quote }}}
{{- with include "steward.publicUrl" . }}
- {name: STEWARD_PUBLIC_URL, value: {{ . | quote }}}
{{- end }}
{{ include "steward.fromSecret" (list . "TELEGRAM_BOT_TOKEN" true) }}
{{- with include "steward.allowedUsers" . }}
- {name: TELEGRAM_ALLOWED_USERS, value: {{ . | quote }}}
{{- else }}
{{ include "steward.fromSecret" (list . "TELEGRAM_ALLOWED_USERS" true) }}
{{- end }}
{{- with $telegram.apiRoot }}
- {name: TELEGRAM_API_ROOT, value: {{ . | quote }}}
{{- end }}
- {name: TELEGRAM_SEND_RATE, value: {{ $telegram.sendRate | toString | quote }}}
- {name: TELEGRAM_MODE, value: {{ include "steward.telegramMode" . }}}
{{- if eq (include "steward.telegramMode" .) "webhook" }}
- {name: TELEGRAM_WEBHOOK_URL, value: {{ include "steward.webhookUrl" . | quote }}}
{{ include "steward.fromSecret" (list . "TELEGRAM_WEBHOOK_SECRET" true) }}
{{- end }}
- {name: BACKUP_SCHEDULE, value: "off"}
{{- if .Values.backup.enabled }}
{{- /* What the app may say about archives. A volume is not there in its pods: /backup then says that the CronJob does it. */}}
{{ include "steward.backupEnvironment" . }}
{{- end }}
{{ include "steward.s3Environment" . | trim }}
{{- range (.Files.Get "files/environment.yaml" | fromYaml).appSecrets }}
{{ include "steward.fromSecret" (list $ . false) }}
{{- end }}
{{- range $name, $value := .Values.config }}
- {name: {{ $name }}, value: {{ if kindIs "float64" $value }}{{ int64 $value | quote }}{{ else }}{{ $value | toString | quote }}{{ end }}}
{{- end }}
{{- end -}}

{{/* The ids as text, however they were given. */}}
{{- define "steward.allowedUsers" -}}
{{- $users := .Values.telegram.allowedUsers -}}
{{- if kindIs "slice" $users -}}
{{- $ids := list -}}
{{- range $users }}{{ $ids = append $ids (include "steward.id" .) }}{{ end -}}
{{- join "," $ids -}}
{{- else -}}
{{- include "steward.id" $users -}}
{{- end -}}
{{- end -}}

{{/* A number without exponent, a text as it is. */}}
{{- define "steward.id" -}}
{{- if kindIs "string" . }}{{ . }}{{ else if . }}{{ int64 . }}{{ end -}}
{{- end -}}

{{/* (list $ environment): the environment with extraEnv in the place of what it names again. */}}
{{- define "steward.environment" -}}
{{- $root := index . 0 -}}
{{- $given := list -}}
{{- range $root.Values.extraEnv }}{{ $given = append $given .name }}{{ end -}}
{{- $entries := list -}}
{{- range (printf "entries:\n%s" (index . 1) | fromYaml).entries -}}
{{- if not (has .name $given) }}{{ $entries = append $entries . }}{{ end -}}
{{- end -}}
{{- $entries = concat $entries $root.Values.extraEnv -}}
env:
  {{- toYaml $entries | nindent 2 }}
{{- with $root.Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
