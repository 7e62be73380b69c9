{{/* Names, labels and images. Selectors are name, instance and component for ever; the version stands in other labels only. */}}

{{- define "steward.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 40 characters: a CronJob's name may have 52, and suffixes follow. */}}
{{- define "steward.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* (list $ component): the labels objects are selected by. */}}
{{- define "steward.selectorLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "steward.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* (list $ component): all labels of an object. */}}
{{- define "steward.labels" -}}
{{- $root := index . 0 -}}
{{- include "steward.selectorLabels" . }}
app.kubernetes.io/part-of: steward
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/version: {{ include "steward.tag" (list $root.Values.image $root.Chart.AppVersion) | replace "+" "_" | trunc 63 | quote }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* (list $ component annotations suffix): metadata of an object, without the key itself. */}}
{{- define "steward.metadata" -}}
{{- $root := index . 0 -}}
{{- $annotations := merge (dict) (index . 2) $root.Values.commonAnnotations -}}
name: {{ include "steward.fullname" $root }}{{ index . 3 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "steward.labels" (list $root (index . 1)) | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* (list image defaultTag): a reference by digest, else by tag. */}}
{{- define "steward.reference" -}}
{{- $image := index . 0 -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{- $image.repository -}}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ include "steward.tag" . }}{{ end -}}
{{- end -}}

{{/* (list image defaultTag): the tag as text; a date given as a number is no 2.0260101e+07. */}}
{{- define "steward.tag" -}}
{{- $tag := default (index . 1) (index . 0).tag -}}
{{- if kindIs "float64" $tag }}{{ if eq $tag (floor $tag) }}{{ int64 $tag }}{{ else }}{{ $tag }}{{ end }}{{ else }}{{ $tag }}{{ end -}}
{{- end -}}

{{- define "steward.image" -}}
{{- include "steward.reference" (list .Values.image .Chart.AppVersion) -}}
{{- end -}}

{{- define "steward.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "steward.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The Secret that holds the bot's secrets. */}}
{{- define "steward.secretName" -}}
{{- if .Values.sealedSecret.enabled }}{{ include "steward.fullname" . }}{{ else }}{{ .Values.existingSecret.name }}{{ end -}}
{{- end -}}

{{/* (list $ variable): the key under which a secret variable is kept. */}}
{{- define "steward.secretKey" -}}
{{- $root := index . 0 -}}
{{- index $root.Values.existingSecret.keys (index . 1) | default (index . 1) -}}
{{- end -}}

{{- define "steward.databaseName" -}}
{{- include "steward.fullname" . }}-database
{{- end -}}

{{/* The host names the public side is known by, first one first. */}}
{{- define "steward.publicHost" -}}
{{- $host := "" -}}
{{- if .Values.publicUrl -}}
{{- $host = (urlParse .Values.publicUrl).host -}}
{{- else if and .Values.ingress.enabled .Values.ingress.hosts -}}
{{- $host = (first .Values.ingress.hosts).host -}}
{{- else if and .Values.httpRoute.enabled .Values.httpRoute.hostnames -}}
{{- $host = first .Values.httpRoute.hostnames -}}
{{- end -}}
{{- $host -}}
{{- end -}}

{{- define "steward.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{- .Values.publicUrl | trimSuffix "/" -}}
{{- else -}}
{{- with include "steward.publicHost" . }}https://{{ . }}{{ end -}}
{{- end -}}
{{- end -}}

{{- define "steward.webhookUrl" -}}
{{- $webhook := .Values.telegram.webhook -}}
{{- if $webhook.url -}}
{{- $webhook.url -}}
{{- else if $webhook.host -}}
https://{{ $webhook.host }}{{ $webhook.path }}
{{- else -}}
{{- with include "steward.publicUrl" . }}{{ . }}{{ $webhook.path }}{{ end -}}
{{- end -}}
{{- end -}}

{{/* How updates arrive: "auto" is a webhook where an address is known. */}}
{{- define "steward.telegramMode" -}}
{{- if ne .Values.telegram.mode "auto" -}}
{{- .Values.telegram.mode -}}
{{- else -}}
{{- ternary "webhook" "polling" (ne (include "steward.webhookUrl" .) "") -}}
{{- end -}}
{{- end -}}

{{/* The most pods of the app there may be at once, one more while rolling included. */}}
{{- define "steward.mostPods" -}}
{{- $pods := .Values.replicaCount | int -}}
{{- if .Values.autoscaling.enabled }}{{ $pods = .Values.autoscaling.maxReplicas | int }}{{ end -}}
{{- add $pods 1 -}}
{{- end -}}

{{/* The fewest pods of the app. */}}
{{- define "steward.fewestPods" -}}
{{- ternary .Values.autoscaling.minReplicas .Values.replicaCount .Values.autoscaling.enabled | int -}}
{{- end -}}
