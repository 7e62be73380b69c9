/** What may be asked for: the program's own catalogue, and what Kubernetes and Prometheus bring along. */
import { createMetrics, metricCatalogue } from '../../src/observability/metrics.ts';

/** Labels a target's metrics get when they are scraped. */
export const TARGET_LABELS = ['namespace', 'job', 'instance', 'pod', 'container', 'service', 'endpoint', 'node'];

/** Metrics of others: kube-state-metrics, kubelet, cAdvisor and Prometheus itself, with their labels. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  up: [],
  ALERTS: ['alertname', 'alertstate', 'severity'],
  kube_deployment_spec_replicas: ['deployment'],
  kube_deployment_status_replicas_available: ['deployment'],
  kube_pod_container_status_restarts_total: ['uid'],
  kube_pod_container_status_waiting_reason: ['uid', 'reason'],
  kube_pod_init_container_status_restarts_total: ['uid'],
  kube_job_status_failed: ['job_name', 'reason'],
  kube_cronjob_spec_suspend: ['cronjob'],
  kubelet_volume_stats_available_bytes: ['persistentvolumeclaim'],
  kubelet_volume_stats_capacity_bytes: ['persistentvolumeclaim'],
  container_cpu_usage_seconds_total: ['image', 'name', 'id', 'cpu'],
  container_memory_working_set_bytes: ['image', 'name', 'id'],
};

/** Every series that can be asked for, with its labels. */
export async function knownMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = new Map(Object.entries(OTHERS));
  for (const [name, { kind, labels }] of Object.entries(metricCatalogue)) {
    if (kind !== 'histogram') known.set(name, labels);
    else for (const part of ['bucket', 'count', 'sum']) known.set(`${name}_${part}`, [...labels, 'le']);
  }
  // Those of Node and the process, which the library names.
  for (const metric of await createMetrics().registry.getMetricsAsJSON())
    if (!(metric.name in metricCatalogue)) known.set(metric.name, ['space', 'type', 'kind', 'version']);
  return known;
}
