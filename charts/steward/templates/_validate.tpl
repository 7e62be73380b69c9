{{/* What single values cannot tell. Every fault is told at once: what is wrong, which value, what to set. */}}
{{- define "steward.validate" -}}
{{- $faults := concat
  (include "steward.secretFaults" . | fromJsonArray)
  (include "steward.databaseFaults" . | fromJsonArray)
  (include "steward.telegramFaults" . | fromJsonArray)
  (include "steward.podFaults" . | fromJsonArray)
  (include "steward.networkFaults" . | fromJsonArray)
  (include "steward.environmentFaults" . | fromJsonArray) -}}
{{- if $faults -}}
{{- fail (printf "\n\nThese values do not fit together:\n  - %s\n" (join "\n  - " $faults)) -}}
{{- end -}}
{{- end -}}

{{- define "steward.secretFaults" -}}
{{- $faults := list -}}
{{- $sealed := .Values.sealedSecret -}}
{{- if and $sealed.enabled .Values.existingSecret.name -}}
{{- $faults = append $faults "existingSecret.name and sealedSecret.enabled are both given. Set one of them: existingSecret.name to \"\", or sealedSecret.enabled to false." -}}
{{- end -}}
{{- if not (or $sealed.enabled .Values.existingSecret.name .Values.extraEnvFrom) -}}
{{- $faults = append $faults "No Secret is named: existingSecret.name is empty. Set existingSecret.name to a Secret with TELEGRAM_BOT_TOKEN, TELEGRAM_ALLOWED_USERS and DATABASE_URL (or DATABASE_PASSWORD), or sealedSecret.enabled with sealedSecret.encryptedData." -}}
{{- end -}}
{{- if $sealed.enabled -}}
{{- $wanted := list "TELEGRAM_BOT_TOKEN" -}}
{{- if not (include "steward.allowedUsers" .) }}{{ $wanted = append $wanted "TELEGRAM_ALLOWED_USERS" }}{{ end -}}
{{- if eq (include "steward.telegramMode" .) "webhook" }}{{ $wanted = append $wanted "TELEGRAM_WEBHOOK_SECRET" }}{{ end -}}
{{- if or .Values.database.standalone.enabled .Values.database.host -}}
{{- $wanted = append $wanted "DATABASE_PASSWORD" -}}
{{- else if not .Values.database.cloudnativepg.enabled -}}
{{- $wanted = append $wanted "DATABASE_URL" -}}
{{- end -}}
{{- range $wanted -}}
{{- $key := include "steward.secretKey" (list $ .) -}}
{{- if not (hasKey $sealed.encryptedData $key) -}}
{{- $faults = append $faults (printf "sealedSecret.encryptedData lacks %s. Set sealedSecret.encryptedData.%s to what `kubeseal --raw` prints for it." $key $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "steward.databaseFaults" -}}
{{- $faults := list -}}
{{- $db := .Values.database -}}
{{- $ways := list -}}
{{- if $db.host }}{{ $ways = append $ways "database.host" }}{{ end -}}
{{- if $db.standalone.enabled }}{{ $ways = append $ways "database.standalone.enabled" }}{{ end -}}
{{- if $db.cloudnativepg.enabled }}{{ $ways = append $ways "database.cloudnativepg.enabled" }}{{ end -}}
{{- if gt (len $ways) 1 -}}
{{- $faults = append $faults (printf "%s are given together. Set one of them; without any, DATABASE_URL of the Secret is used." (join " and " $ways)) -}}
{{- end -}}
{{- if and $db.standalone.enabled (not (include "steward.secretName" .)) -}}
{{- $faults = append $faults "database.standalone.enabled needs DATABASE_PASSWORD of a Secret, and existingSecret.name is empty. Set existingSecret.name." -}}
{{- end -}}
{{- if and $db.standalone.enabled (not (has $db.sslMode (list "" "disable" "allow" "prefer"))) -}}
{{- $faults = append $faults (printf "database.sslMode is %s, and the PostgreSQL of database.standalone speaks no TLS. Set database.sslMode to \"\"." $db.sslMode) -}}
{{- end -}}
{{- $pods := include "steward.mostPods" . | int -}}
{{- $needed := add (mul $pods ($db.poolMax | int)) 6 -}}
{{- if gt $needed ($db.maxConnections | int64) -}}
{{- $faults = append $faults (printf "Up to %d pods (one more while rolling) with database.poolMax %d, and 6 connections for jobs, may open %d connections; database.maxConnections is %d. Set database.poolMax to %d or less, or database.maxConnections to what the server allows." $pods ($db.poolMax | int) $needed ($db.maxConnections | int) (div (sub ($db.maxConnections | int) 6) $pods)) -}}
{{- end -}}
{{- if and .Values.backup.enabled .Values.restore.confirm (ne .Values.restore.confirm $db.name) (or $db.host $db.standalone.enabled $db.cloudnativepg.enabled) -}}
{{- $faults = append $faults (printf "restore.confirm is %q, the database is called %q. Set restore.confirm to its name, or to \"\"." .Values.restore.confirm $db.name) -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "steward.telegramFaults" -}}
{{- $faults := list -}}
{{- if eq (include "steward.telegramMode" .) "webhook" -}}
{{- $url := include "steward.webhookUrl" . -}}
{{- if not $url -}}
{{- $faults = append $faults "telegram.mode is webhook, and no host is known for Telegram to call. Set telegram.webhook.host, or ingress.enabled with ingress.hosts, or use telegram.mode=polling." -}}
{{- else if and (not .Values.telegram.apiRoot) (not (hasPrefix "https://" $url)) -}}
{{- $faults = append $faults (printf "The webhook's address is %s, and Telegram calls https only. Set telegram.webhook.url or publicUrl to an https address." $url) -}}
{{- end -}}
{{- end -}}
{{- range regexSplit "," (include "steward.allowedUsers" .) -1 -}}
{{- if not (regexMatch "^\\s*[0-9]*\\s*$" .) -}}
{{- $faults = append $faults (printf "telegram.allowedUsers holds %q. Set numeric ids (@userinfobot tells yours)." .) -}}
{{- end -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "steward.podFaults" -}}
{{- $faults := list -}}
{{- $least := add .Values.preStopSleepSeconds .Values.drainSeconds -}}
{{- if le (int64 .Values.terminationGracePeriodSeconds) $least -}}
{{- $faults = append $faults (printf "terminationGracePeriodSeconds is %d, and a pod needs preStopSleepSeconds (%d) + drainSeconds (%d) to stop gracefully. Set terminationGracePeriodSeconds to %d or more." (int .Values.terminationGracePeriodSeconds) (int .Values.preStopSleepSeconds) (int .Values.drainSeconds) (add $least 5)) -}}
{{- end -}}
{{- $scaling := .Values.autoscaling -}}
{{- if $scaling.enabled -}}
{{- if gt ($scaling.minReplicas | int) ($scaling.maxReplicas | int) -}}
{{- $faults = append $faults (printf "autoscaling.minReplicas is %d, autoscaling.maxReplicas %d. Set maxReplicas to %d or more." (int $scaling.minReplicas) (int $scaling.maxReplicas) (int $scaling.minReplicas)) -}}
{{- end -}}
{{- if not (or $scaling.targetCPUUtilizationPercentage $scaling.targetMemoryUtilizationPercentage) -}}
{{- $faults = append $faults "autoscaling.enabled has nothing to scale by. Set autoscaling.targetCPUUtilizationPercentage or autoscaling.targetMemoryUtilizationPercentage." -}}
{{- end -}}
{{- range $resource, $target := dict "cpu" $scaling.targetCPUUtilizationPercentage "memory" $scaling.targetMemoryUtilizationPercentage -}}
{{- if and $target (not (dig "requests" $resource "" $.Values.resources)) -}}
{{- $faults = append $faults (printf "autoscaling measures %s against its request, and resources.requests.%s is not set. Set it." $resource $resource) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $budget := .Values.podDisruptionBudget -}}
{{- $fewest := include "steward.fewestPods" . | int -}}
{{- if and $budget.enabled (gt $fewest 1) (not (kindIs "invalid" $budget.minAvailable)) (not (kindIs "string" $budget.minAvailable)) -}}
{{- if ge (int $budget.minAvailable) $fewest -}}
{{- $faults = append $faults (printf "podDisruptionBudget.minAvailable is %d with %d pods: no node could be drained. Set it to %d or less." (int $budget.minAvailable) $fewest (sub $fewest 1)) -}}
{{- end -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "steward.networkFaults" -}}
{{- $faults := list -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- $faults = append $faults "ingress.enabled without a host. Set ingress.hosts to [{host: steward.example.net}]." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- $faults = append $faults "httpRoute.enabled without a gateway. Set httpRoute.parentRefs to [{name: your-gateway}]." -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}

{{- define "steward.environmentFaults" -}}
{{- $faults := list -}}
{{- $secrets := (.Files.Get "files/environment.yaml" | fromYaml).secrets -}}
{{- $seen := list -}}
{{- range .Values.extraEnv -}}
{{- if has .name $seen -}}
{{- $faults = append $faults (printf "extraEnv names %s twice. Set it once." .name) -}}
{{- end -}}
{{- $seen = append $seen .name -}}
{{- if and (has .name $secrets) .value -}}
{{- $faults = append $faults (printf "extraEnv gives the secret %s as plain text, which anyone reads who may read the release. Set it in the Secret existingSecret.name names, or use valueFrom." .name) -}}
{{- end -}}
{{- end -}}
{{- if eq (toString (index .Values.config "ATTACHMENT_STORE")) "folder" -}}
{{- $faults = append $faults "config.ATTACHMENT_STORE is folder, and a pod has no lasting folder. Set it to database or s3://bucket/prefix." -}}
{{- end -}}
{{- if and (hasPrefix "s3://" .Values.backup.target) (not .Values.s3.endpoint) (not .Values.s3.region) -}}
{{- $faults = append $faults (printf "backup.target is %s, and neither s3.region nor s3.endpoint is set. Set s3.region (AWS) or s3.endpoint." .Values.backup.target) -}}
{{- end -}}
{{- toJson $faults -}}
{{- end -}}
