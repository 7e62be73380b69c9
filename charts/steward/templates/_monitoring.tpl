{{/* What monitoring objects have in common, and how an alert's file becomes a rule. */}}

{{/* (list $ values component suffix): metadata of an object that may live in another namespace, where its name must say whose it is. */}}
{{- define "steward.monitoringMetadata" -}}
{{- $root := index . 0 -}}
{{- $values := index . 1 -}}
{{- $annotations := merge (dict) $values.annotations $root.Values.commonAnnotations -}}
{{- $labels := fromYaml (include "steward.labels" (list $root (index . 2))) -}}
{{- $elsewhere := and $values.namespace (ne $values.namespace $root.Release.Namespace) -}}
name: {{ if $elsewhere }}{{ $root.Release.Namespace }}-{{ end }}{{ include "steward.fullname" $root }}{{ index . 3 }}
namespace: {{ default $root.Release.Namespace $values.namespace }}
labels:
  {{- toYaml (merge (dict) $values.labels $labels) | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* (list $ alert values): the rule of rules/<alert>.yaml, where `${name}` stands for a value; empty when it is not wanted. */}}
{{- define "steward.alert" -}}
{{- $root := index . 0 -}}
{{- $alert := index . 1 -}}
{{- $values := index . 2 -}}
{{- $rules := $root.Values.metrics.prometheusRule -}}
{{- $name := include "steward.fullname" $root -}}
{{- $backup := or (not (hasPrefix "StewardBackup" $alert)) $root.Values.backup.enabled -}}
{{- $drill := or (not (hasPrefix "StewardDrill" $alert)) (and $root.Values.backup.enabled $root.Values.backup.drill.enabled) -}}
{{- if and $values $values.enabled $backup $drill -}}
{{- $selector := default (printf "namespace=\"%s\",job=\"%s-metrics\"" $root.Release.Namespace $name) $rules.selector -}}
{{- $own := dict "selector" $selector "namespace" $root.Release.Namespace "name" $name "runbooks" (trimSuffix "/" $rules.runbooks) -}}
{{- $text := $root.Files.Get (printf "rules/%s.yaml" $alert) -}}
{{- range $key, $value := merge $own $values -}}
{{- $shown := toString $value -}}
{{- if kindIs "float64" $value -}}
{{- if eq $value (floor $value) }}{{ $shown = printf "%.0f" $value }}{{ end -}}
{{- end -}}
{{- $text = replace (printf "${%s}" $key) $shown $text -}}
{{- end -}}
{{- $rule := fromYaml $text -}}
{{- with index $rule "Error" }}{{ fail (printf "the alert %s is no YAML with these values: %s" $alert .) }}{{ end -}}
{{- $_ := set $rule "labels" (merge (dict "namespace" $root.Release.Namespace "release" $root.Release.Name) $rule.labels $rules.alertLabels) -}}
{{- $_ := set $rule "annotations" (merge $rule.annotations $rules.alertAnnotations) -}}
{{- toYaml $rule -}}
{{- end -}}
{{- end -}}
