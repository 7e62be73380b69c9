{{/* Pieces of the network policies. */}}

{{/* (list $ component): the release's own pods of a component. */}}
{{- define "steward.peer" -}}
- podSelector:
    matchLabels:
      {{- include "steward.selectorLabels" . | nindent 6 }}
{{- end -}}

{{/* The labels the database's pods are found by, where the release makes them. */}}
{{- define "steward.databaseLabels" -}}
{{- if .Values.database.cloudnativepg.enabled -}}
cnpg.io/cluster: {{ include "steward.databaseName" . }}
{{- else -}}
{{- include "steward.selectorLabels" (list . "database") }}
{{- end -}}
{{- end -}}

{{- define "steward.egressDns" -}}
- ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
{{- end -}}

{{- define "steward.egressDatabase" -}}
- to:
    {{- if or .Values.database.standalone.enabled .Values.database.cloudnativepg.enabled }}
    - podSelector:
        matchLabels:
          {{- include "steward.databaseLabels" . | nindent 10 }}
    {{- else }}
    {{- toYaml .Values.networkPolicy.databaseTo | nindent 4 }}
    {{- end }}
  ports: [{port: {{ if or .Values.database.standalone.enabled .Values.database.cloudnativepg.enabled }}5432{{ else }}{{ .Values.database.port }}{{ end }}, protocol: TCP}]
{{- end -}}

{{/* HTTPS, and the port of a Bot API server or S3 service of one's own; never the cloud's metadata. */}}
{{- define "steward.egressHttps" -}}
{{- $ports := list 443 -}}
{{- range list .Values.telegram.apiRoot .Values.s3.endpoint -}}
{{- with . -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (ternary "80" "443" (eq $url.scheme "http")) -}}
{{- $ports = append $ports (int $port) | uniq -}}
{{- end -}}
{{- end -}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        {{- with .Values.networkPolicy.httpsExcept }}
        except:
          {{- toYaml . | nindent 10 }}
        {{- end }}
    - ipBlock:
        cidr: "::/0"
        except: ["fe80::/10", "fd00:ec2::254/128"]
  ports:
    {{- range $ports }}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
{{- end -}}
